import Foundation
import TestSupport

extension HostSite {
    static let hasLighttpd = FileManager.default.isExecutableFile(atPath: "/usr/sbin/lighttpd")

    /// Starts lighttpd for the folder `www`, with an example's configuration.
    func startLighttpd(_ example: String) throws {
        let configuration = """
            server.document-root = "\(path("www"))"
            server.bind = "127.0.0.1"
            server.port = \(port)
            server.errorlog = "\(path("run/lighttpd.log"))"

            """
        try write(configuration + example, "lighttpd.conf")
        try start("/usr/sbin/lighttpd", ["-D", "-f", path("lighttpd.conf")])
    }
}
