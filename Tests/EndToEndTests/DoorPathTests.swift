import Foundation
import TestSupport
import Testing

/// Gatelodge judges locations, which nginx chooses by the path that it has decoded and normalised: no spelling of a path
/// may reach a protected file past the location that protects it.
@Suite struct DoorPathTests {
    private static let long = String(repeating: "a/../", count: 2400)

    /// Targets of a request, and whether nginx finds the protected file there once the token is good.
    static let targets: [(target: String, isFile: Bool)] = [
        ("/private/secret.txt", true), ("//private/secret.txt", true), ("///private///secret.txt", true),
        ("/./private/secret.txt", true), ("/private/./secret.txt", true), ("/open/../private/secret.txt", true),
        ("/private/../private/secret.txt", true), ("/private/below/../secret.txt", true),
        ("/open/%2e%2e/private/secret.txt", true), ("/open/%2E%2E/private/secret.txt", true),
        ("/open/.%2e/private/secret.txt", true), ("/open%2f..%2fprivate/secret.txt", true),
        ("/private%2fsecret.txt", true), ("/%2fprivate/secret.txt", true), ("/%70rivate/secret.txt", true),
        ("/p%72ivate/s%65cret.txt", true), ("/private/secret%2etxt", true), ("/private/a%20b.txt", true),
        ("/PRIVATE/secret.txt", false), ("/Private/secret.txt", false), ("/private/SECRET.TXT", false),
        ("/private;a=b/secret.txt", false), ("/private/secret.txt;a=b", false), ("/open/..;/private/secret.txt", false),
        ("/private/secret.txt%00", false), ("/%00/private/secret.txt", false), ("/private/secret.txt%0a", false),
        ("/private%0a/secret.txt", false), ("/private/secret.txt?a=b", true), ("/private/secret.txt?", true),
        ("/private/secret.txt#a", true), ("/open?/../private/secret.txt", false), ("/private/secret.txt/", false),
        ("http://localhost/private/secret.txt", true), ("http://evil.example//private/secret.txt", true),
        ("/private\\secret.txt", false), ("/open/..%5cprivate/secret.txt", false), ("/../private/secret.txt", false),
        ("/%2e%2e/private/secret.txt", false), ("/%252e%252e/private/secret.txt", false),
        ("/open/%c0%ae%c0%ae/private/secret.txt", false), ("private/secret.txt", false), ("*", false),
        ("/private/below/%2e%2e/%2e/secret.txt", true), ("/.gatelodge/../private/secret.txt", true),
        ("/" + long + "private/secret.txt", false), ("/" + String(long.prefix(5000)) + "private/secret.txt", true),
    ]

    private static func send(
        _ target: String, _ method: String, _ token: String?, port: UInt16
    ) throws -> (status: Int, text: String) {
        let field = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let request = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(field)\r\n"
        let text = String(decoding: try HTTPClient.send([UInt8](request.utf8), port: port), as: UTF8.self)
        return (ScenarioReply(parsing: text)?.status ?? 0, text)
    }

    @Test(.promise(79)) func `No spelling of a path reaches a protected file without a token`() throws {
        let door = try DoorSite()
        let token = try door.token()
        for port in [door.site.port, door.carelessPort] {
            for (target, isFile) in Self.targets {
                let name = "\(target.prefix(60)) on \(port == door.site.port ? "the" : "the careless") server"
                for (method, shown) in [("GET", nil), ("GET", token.altered), ("POST", nil), ("OPTIONS", nil)] {
                    let refused = try Self.send(target, method, shown, port: port)
                    #expect(!refused.text.contains(DoorSite.secret), "\(method) \(name)")
                    if isFile { #expect(refused.status == 401, "\(method) \(name)") }
                }
                let allowed = try Self.send(target, "GET", token, port: port)
                #expect(allowed.text.hasSuffix(DoorSite.secret) == isFile, "\(name): \(allowed.status)")
            }
        }
    }
}
