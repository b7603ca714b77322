import FastCGI
import Gatelodge
import TestSupport
import Testing

/// The parameter `AUTH_KEY`.
@Suite struct KeyTests {
    private static let key = "0123456789abcdef-key"
    private let site: TestApplication

    init() throws {
        site = try TestApplication { settings, folder in
            let path = try folder.write(Self.key + "\n", to: "key")
            let environment = SettingsEnvironment.values(["GATELODGE_FASTCGI_KEY_FILE": path])
            settings.fastcgi = try Settings.load(file: folder.write("", to: "a.yaml"), environment: environment).fastcgi
        }
    }

    @Test(arguments: [Role.responder, .authorizer], [nil, "verify", "admin", "nothing"])
    func `Without the key every request is refused before anything else`(_ role: Role, _ surface: String?) async throws
    {
        for wrong in [nil, "", String(Self.key.dropLast()), Self.key + "x", Self.key.uppercased(), Self.key + "\n"] {
            for path in ["/login", "/.well-known/jwks.json", "/nothing"] {
                var parameters = ["HTTP_AUTH_KEY": Self.key]
                parameters["AUTH_KEY"] = wrong
                parameters["AUTH_SURFACE"] = surface
                let reply = try await site.ask("GET", path, parameters, role: role)
                #expect(reply.status == 403)
                #expect(reply.body.contains(#""code":"wrong_key""#))
                #expect(!reply.body.contains(Self.key))
            }
        }
    }

    @Test func `With the key requests are answered as usual`() async throws {
        let key = ["AUTH_KEY": Self.key]
        #expect(try await site.ask("GET", "/login", key).status == 405)
        #expect(try await site.ask("GET", "/.well-known/jwks.json", key).status == 200)
        #expect(try await site.ask("GET", "/x", key.merging(["AUTH_SURFACE": "verify"]) { $1 }).status == 401)
        #expect(try await site.ask("GET", "/x", key, role: .authorizer).status == 401)
    }

    @Test func `Two keys that differ are none`() async throws {
        func status(_ second: String) async throws -> Int {
            try await site.ask([
                (name: "REQUEST_METHOD", value: "GET"), (name: "SCRIPT_NAME", value: "/.well-known/jwks.json"),
                (name: "AUTH_KEY", value: Self.key), (name: "AUTH_KEY", value: second),
            ]).status
        }
        #expect(try await status(Self.key) == 200)
        #expect(try await status("another") == 403)
    }

    @Test func `Without the setting no key is asked for`() async throws {
        let site = try TestApplication()
        #expect(try await site.ask("GET", "/.well-known/jwks.json").status == 200)
        #expect(try await site.ask("GET", "/.well-known/jwks.json", ["AUTH_KEY": "any"]).status == 200)
    }

    @Test func `A short key does not load`() throws {
        let folder = try ScratchFolder()
        let short = try folder.write("0123456789abcde\n", to: "key")
        let error = #expect(throws: SettingsError.self) {
            try Settings.load(
                file: folder.write("", to: "a.yaml"),
                environment: .values(["GATELODGE_FASTCGI_KEY_FILE": short]))
        }
        #expect(error.map { "\($0)" }?.contains("has 15 bytes and needs at least 16") == true)
    }
}
