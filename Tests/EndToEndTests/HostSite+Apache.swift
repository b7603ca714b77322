import Foundation
import TestSupport

extension HostSite {
    private static let modules = "/usr/lib/apache2/modules"

    /// Whether Apache is installed, with a module that is no part of it.
    static func hasApache(with module: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/sbin/apache2")
            && FileManager.default.fileExists(atPath: "\(modules)/mod_\(module).so")
    }

    /// Starts Apache with the modules of Debian's and one more, as a host for the folder `www`.
    ///
    /// - Parameters:
    ///   - server: what stands outside of the folder.
    ///   - handler: what files with this extension are for.
    func startApache(with module: String, handler: (name: String, extension: String), server: String = "") throws {
        let loaded = ["mpm_event", "authz_core", "mime", "alias", "env", "setenvif", "rewrite", module]
        let configuration = """
            ServerName localhost
            PidFile \(path("run/apache.pid"))
            ErrorLog \(path("run/apache.log"))
            Mutex file:\(path("run")) default
            \(geteuid() == 0 ? "User www-data\nGroup www-data" : "")
            \(loaded.map { "LoadModule \($0)_module \(Self.modules)/mod_\($0).so" }.joined(separator: "\n"))
            <IfModule fcgid_module>
                FcgidIPCDir \(path("run/fcgid"))
                FcgidProcessTableFile \(path("run/table"))
            </IfModule>
            <IfModule cgid_module>
                ScriptSock \(path("run/cgid"))
            </IfModule>
            TypesConfig /etc/mime.types
            Listen 127.0.0.1:\(port)
            <VirtualHost *>
                DocumentRoot \(path("www"))
                <Directory \(path("www"))>
                    Require all granted
                    AllowOverride AuthConfig FileInfo
                    Options ExecCGI SymLinksIfOwnerMatch
                    AddHandler \(handler.name) \(handler.extension)
                </Directory>
            \(server)
            </VirtualHost>

            """
        try write(configuration, "apache.conf")
        // Apache starts as root and its programs as another user, whose the database is.
        if geteuid() == 0 {
            let chown = try Child(URL(fileURLWithPath: "/bin/chown"), ["www-data", path("var")])
            guard chown.status() == 0 else { throw Site.Failure(description: chown.errors) }
        }
        try start("/usr/sbin/apache2", ["-d", folder.path, "-f", path("apache.conf"), "-DFOREGROUND"])
    }
}
