import Foundation
import Gatelodge
import Cryptography
import Logging
import Testing

@Suite struct SettingsTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("Without file and variables the defaults hold") func defaults() throws {
        let settings = try Settings.load(file: folder.write("", to: "a.yaml"), environment: .values([:]))
        #expect(settings.socket.path == "var/gatelodge.sock")
        #expect(settings.socket.mode == 0o660)
        #expect(settings.socket.group == nil)
        #expect(settings.database.path == "var/gatelodge.db")
        #expect(settings.registration == .open)
        #expect(settings.prefix == "/api/")
        #expect(settings.jwt.secret == nil)
        #expect(settings.jwt.issuer == nil)
        #expect(settings.jwt.audience == nil)
        #expect(settings.jwt.lifetime == .seconds(3600))
        #expect(settings.password.cost == 10)
        #expect(!settings.password.insecureCost)
        #expect(settings.password.minimumLength == 8)
        #expect(settings.password.wait == .seconds(10))
        #expect(settings.hashing.threads == 0)
        #expect(settings.serving.count == 2 * settings.hashing.count)
        #expect(settings.request.deadline == .seconds(5))
        #expect(settings.write.deadline == .seconds(5))
        #expect(settings.shutdown.deadline == .seconds(30))
        #expect(settings.log.level == .info)
    }

    @Test("A file sets every setting that it may") func file() throws {
        let secret = try folder.write("0123456789abcdef0123456789abcdef\n", to: "secret")
        let file = try folder.write(
            """
            # A comment.
            socket: {path: /run/gatelodge/s, mode: 0600, group: "www-data"}
            database:
              path: 'data base.db'
            registration: closed
            prefix: /auth/v1/
            jwt:
              secret_file: \(secret)
              issuer: https://id.example
              audience: urn:example:a
              lifetime: 15m
            password:
              cost: 4
              insecure_cost: true
              minimum_length: 15
              wait: 250ms
            hashing:
              threads: 3
            serving:
              threads: 5
            request:
              deadline: 1s
            write:
              deadline: 2s
            shutdown:
              deadline: 0s
            log:
              level: debug
            """, to: "gatelodge.yaml")
        let settings = try Settings.load(file: file, environment: .values([:]))
        #expect(settings.socket.path == "/run/gatelodge/s")
        #expect(settings.socket.mode == 0o600)
        #expect(settings.socket.group == "www-data")
        #expect(settings.database.path == "data base.db")
        #expect(settings.registration == .closed)
        #expect(settings.prefix == "/auth/v1/")
        #expect(settings.jwt.secret?.count == 32)
        #expect(settings.jwt.issuer == "https://id.example")
        #expect(settings.jwt.audience == "urn:example:a")
        #expect(settings.jwt.lifetime == .seconds(900))
        #expect(settings.password.cost == 4)
        #expect(settings.password.insecureCost)
        #expect(settings.password.minimumLength == 15)
        #expect(settings.password.wait == .milliseconds(250))
        #expect(settings.hashing.count == 3)
        #expect(settings.serving.count == 5)
        #expect(settings.request.deadline == .seconds(1))
        #expect(settings.write.deadline == .seconds(2))
        #expect(settings.shutdown.deadline == .zero)
        #expect(settings.log.level == .debug)
    }

    @Test("The environment wins over the file") func precedence() throws {
        let file = try folder.write("registration: closed\nlog:\n  level: error\n", to: "gatelodge.yaml")
        let settings = try Settings.load(file: file, environment: .values(["GATELODGE_REGISTRATION": "open"]))
        #expect(settings.registration == .open)
        #expect(settings.log.level == .error)
    }

    @Test("GATELODGE_SETTINGS names the file, unless the caller does") func namedFile() throws {
        let one = try folder.write("log: {level: error}", to: "one.yaml")
        let two = try folder.write("log: {level: trace}", to: "two.yaml")
        let environment = SettingsEnvironment.values(["GATELODGE_SETTINGS": one, "HOME": "/", "GATELODG": "x"])
        #expect(try Settings.load(environment: environment).log.level == .error)
        #expect(try Settings.load(file: two, environment: environment).log.level == .trace)
    }

    @Test("A group without settings and a value by alias are read", arguments: ["jwt:\n", "jwt: ~\n", "---\n# none\n"])
    func empty(text: String) throws {
        let file = try folder.write(text, to: "gatelodge.yaml")
        #expect(try Settings.load(file: file, environment: .values([:])).jwt.issuer == nil)
    }

    @Test(
        "Durations are a whole number and a unit",
        arguments: [
            ("100ms", 100), ("1500ms", 1500), ("5s", 5000), ("1m", 60_000), ("0001s", 1000), ("60s", 60_000),
        ])
    func duration(text: String, milliseconds: Int) throws {
        let settings = try Settings.load(
            file: folder.write("", to: "a.yaml"), environment: .values(["GATELODGE_PASSWORD_WAIT": text]))
        #expect(settings.password.wait == .milliseconds(milliseconds))
    }
}
