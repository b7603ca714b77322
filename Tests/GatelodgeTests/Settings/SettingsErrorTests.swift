import Foundation
import Gatelodge
import Testing

@Suite struct SettingsErrorTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// What loading reports, with the folder's path taken out.
    func problems(_ yaml: String, _ variables: [String: String] = [:]) throws -> [String] {
        let file = try folder.write(yaml, to: "a.yaml")
        do {
            _ = try Settings.load(file: file, environment: .values(variables))
            return []
        } catch {
            return error.description.replacing(folder.path + "/", with: "").split(separator: "\n").map(String.init)
        }
    }

    @Test(
        "A malformed value is an error with its line, setting and reason, and the nearest good one is none",
        arguments: [
            (
                "password:\n  cost: 17", "password:\n  cost: 16",
                "2: password.cost: must be a whole number from 4 to 16; it is \"17\""
            ),
            (
                "password:\n  cost: \"12\"", "password:\n  cost: 12",
                "2: password.cost: must be a whole number from 4 to 16, without quotes; it is \"12\""
            ),
            (
                "password:\n  cost: 1_2", "password:\n  cost: 12",
                "2: password.cost: must be a whole number from 4 to 16; it is \"1_2\""
            ),
            (
                "password:\n  cost: +12", "password:\n  cost: 12",
                "2: password.cost: must be a whole number from 4 to 16; it is \"+12\""
            ),
            (
                "password:\n  cost: 0xc", "password:\n  cost: 12",
                "2: password.cost: must be a whole number from 4 to 16; it is \"0xc\""
            ),
            ("password:\n  cost:", "password:\n  cost: 10", "2: password.cost: has no value"),
            ("password:\n  cost: [10]", "password:\n  cost: 10", "2: password.cost: must be a single value"),
            (
                "password: 10", "password: {cost: 10}",
                "1: password: is a group: its settings belong on indented lines below it"
            ),
            (
                "password: [cost]", "password: {}",
                "1: password: is a group: its settings belong on indented lines below it"
            ),
            (
                "password:\n  insecure_cost: yes", "password:\n  insecure_cost: true",
                "2: password.insecure_cost: must be true or false; it is \"yes\""
            ),
            (
                "password:\n  wait: 5", "password:\n  wait: 5s",
                "2: password.wait: must be a duration from 100ms to 1m, such as 500ms or 5s; it is \"5\""
            ),
            (
                "password:\n  wait: 61s", "password:\n  wait: 60s",
                "2: password.wait: must be a duration from 100ms to 1m, such as 500ms or 5s; it is \"61s\""
            ),
            (
                "password:\n  wait: 5 s", "password:\n  wait: 5s",
                "2: password.wait: must be a duration from 100ms to 1m, such as 500ms or 5s; it is \"5 s\""
            ),
            (
                "password:\n  wait: -5s", "password:\n  wait: 5s",
                "2: password.wait: must be a duration from 100ms to 1m, such as 500ms or 5s; it is \"-5s\""
            ),
            (
                "password:\n  wait: 9223372036854775807d", "password:\n  wait: 1m",
                "2: password.wait: must be a duration from 100ms to 1m, such as 500ms or 5s; it is \"9223372036854775807d\""
            ),
            (
                "jwt:\n  lifetime: 1500ms", "jwt:\n  lifetime: 2000ms",
                "2: jwt.lifetime: must be a duration from 1s to 30d, such as 90s or 1h; it is \"1500ms\""
            ),
            (
                "jwt:\n  issuer: \"\"", "jwt:\n  issuer: \"x\"",
                "2: jwt.issuer: must be 1 to 255 bytes without control characters; it is \"\""
            ),
            (
                "jwt:\n  issuer: \"a\\nb\"", "jwt:\n  issuer: \"a b\"",
                "2: jwt.issuer: must be 1 to 255 bytes without control characters; it is \"a\\nb\""
            ),
            (
                "socket:\n  mode: 0668", "socket:\n  mode: 0667",
                "2: socket.mode: must be permission bits as three or four octal digits, such as 0660; it is \"0668\""
            ),
            (
                "socket:\n  mode: 4660", "socket:\n  mode: 660",
                "2: socket.mode: must be permission bits as three or four octal digits, such as 0660; it is \"4660\""
            ),
            (
                "registration: Open", "registration: open",
                "1: registration: must be one of open, invite, closed; it is \"Open\""
            ),
            (
                "prefix: api/", "prefix: /api/",
                "1: prefix: must be a path that begins and ends with /, of segments of letters, digits, - . _ ~; it is \"api/\""
            ),
            (
                "prefix: /api", "prefix: /",
                "1: prefix: must be a path that begins and ends with /, of segments of letters, digits, - . _ ~; it is \"/api\""
            ),
            (
                "prefix: /a//b/", "prefix: /a/b/",
                "1: prefix: must be a path that begins and ends with /, of segments of letters, digits, - . _ ~; it is \"/a//b/\""
            ),
            (
                "prefix: /a/../", "prefix: /a/.../",
                "1: prefix: must be a path that begins and ends with /, of segments of letters, digits, - . _ ~; it is \"/a/../\""
            ),
            (
                "prefix: /a%20b/", "prefix: /a_b/",
                "1: prefix: must be a path that begins and ends with /, of segments of letters, digits, - . _ ~; it is \"/a%20b/\""
            ),
            (
                "log:\n  level: loud", "log:\n  level: trace",
                "2: log.level: must be one of trace, debug, info, notice, warning, error, critical; it is \"loud\""
            ),
        ])
    func malformed(yaml: String, good: String, expected: String) throws {
        #expect(try problems(yaml) == ["a.yaml:" + expected])
        #expect(try problems(good) == [])
    }

    @Test("A socket path of 107 bytes is accepted and one of 108 is not") func socketPath() throws {
        let path = "/" + String(repeating: "é", count: 53)
        #expect(try problems("socket: {path: \(path)}") == [])
        #expect(
            try problems("socket: {path: \(path)x}") == [
                "a.yaml:1: socket.path: must be a path of at most 107 bytes, which is all that a unix socket can have; "
                    + "it is \"\(path)x\""
            ])
    }

    @Test(
        "A key that is no setting is an error, with the one that was probably meant",
        arguments: [
            ("regist: open", "1: regist: there is no such setting; `gatelodge settings` lists them"),
            ("jwt:\n  lifetme: 1h", "2: jwt.lifetme: there is no such setting; did you mean jwt.lifetime?"),
            (
                "jwt:\n  jwt.lifetime: 1h",
                "2: jwt.jwt.lifetime: there is no such setting; `gatelodge settings` lists them"
            ),
            (
                "jwt.lifetime: 1h",
                "1: jwt.lifetime: keys are nested, not dotted: write the part before each dot on a line of its own"
            ),
            ("<<: {registration: open}", "1: <<: there is no such setting; `gatelodge settings` lists them"),
            ("? [a]\n: b", "1: must be a single value"),
            ("- registration", "is a group: its settings belong on indented lines below it"),
        ])
    func unknown(yaml: String, expected: String) throws {
        #expect(try problems(yaml) == ["a.yaml:" + (expected.first?.isNumber == true ? "" : " ") + expected])
    }

    @Test("An unknown variable of ours is an error, and others are not") func unknownVariable() throws {
        #expect(
            try problems("", ["GATELODGE_JWT_SECRT": String(repeating: "s", count: 32), "GATEWAY_INTERFACE": "x"]) == [
                "GATELODGE_JWT_SECRT: there is no such setting; did you mean GATELODGE_JWT_SECRET?"
            ])
        #expect(try problems("", ["GATELODGE_JWT_SECRET": String(repeating: "s", count: 32)]) == [])
    }

    @Test(
        "Everything that is wrong is reported at once, by line and then by variable, whatever lines end with",
        arguments: ["\n", "\r\n"])
    func together(lineEnd: String) throws {
        let yaml = """
            jwt:
              secret: 0123456789abcdef0123456789abcdef
              lifetime: soon
            log:
              level: info
              level: loud
              "level": silent
            password:
              cost: 6
            jwt:
              issuer: ""
            """.replacing("\n", with: lineEnd)
        let variables = ["GATELODGE_ZEBRA": "1", "GATELODGE_LOG_LEVEL": "none", "GATELODGE_PASSWORD_COST": "7"]
        let level = "must be one of trace, debug, info, notice, warning, error, critical; it is"
        #expect(
            try problems(yaml, variables) == [
                "a.yaml:2: jwt.secret: must not stand in this file: use jwt.secret_file or GATELODGE_JWT_SECRET",
                "a.yaml:3: jwt.lifetime: must be a duration from 1s to 30d, such as 90s or 1h; it is \"soon\"",
                "a.yaml:6: log.level: is given twice, first on line 5",
                "a.yaml:6: log.level: \(level) \"loud\"",
                "a.yaml:7: log.level: is given twice, first on line 5",
                "a.yaml:7: log.level: \(level) \"silent\"",
                "a.yaml:10: jwt: is given twice, first on line 1",
                "a.yaml:11: jwt.issuer: must be 1 to 255 bytes without control characters; it is \"\"",
                "GATELODGE_LOG_LEVEL: log.level: \(level) \"none\"",
                "GATELODGE_PASSWORD_COST: password.cost: 7 is below 10, which needs password.insecure_cost: true",
                "GATELODGE_ZEBRA: there is no such setting; `gatelodge settings` lists them",
            ])
    }

    @Test("A cost below 10 needs password.insecure_cost, wherever the two stand") func insecureCost() throws {
        let reason = "password.cost: 9 is below 10, which needs password.insecure_cost: true"
        #expect(try problems("password: {cost: 9}") == ["a.yaml:1: " + reason])
        #expect(try problems("password: {cost: 10}") == [])
        #expect(try problems("password: {cost: 9}", ["GATELODGE_PASSWORD_INSECURE_COST": "true"]) == [])
    }

    @Test(
        "What is not YAML is an error with its line",
        arguments: [
            ("log: {level: info", 1...2), ("log:\n\tlevel: info", 2...2), ("log: *none", 1...1),
            ("log: {}\n---\nlog: {}", 2...2), ("log: info\n  level: x", 2...2),
        ])
    func syntax(yaml: String, lines: ClosedRange<Int>) throws {
        let problems = try problems(yaml)
        #expect(problems.count == 1)
        #expect(lines.contains { problems.first?.hasPrefix("a.yaml:\($0): is not YAML: ") == true }, "\(problems)")
    }

    @Test("A hundred repetitions and nests a thousand deep are errors, not crashes") func hostile() throws {
        let repeated = String(repeating: "registration: open\n", count: 100)
        #expect(try problems(repeated) == ["a.yaml:65: is not YAML: the key registration is given more than once"])
        #expect(try problems(String(repeating: "[", count: 60_000)).count == 1)
        #expect(try problems(String(repeating: "a: ", count: 100)).count == 1)
        #expect(try problems("\u{E000}registration: open").count == 1)
        #expect(try problems(String(repeating: "#", count: 65_536)) == [])
        #expect(try problems(String(repeating: "#", count: 65_537)) == ["a.yaml: is larger than 65536 bytes"])
    }

    @Test("A named file that is absent, a folder or not text is an error") func unreadable() throws {
        let invalid = folder.path + "/invalid.yaml"
        try Data([0x61, 0x3A, 0xFF]).write(to: URL(fileURLWithPath: invalid))
        for (file, reason) in [
            (folder.path + "/absent.yaml", "does not exist"), (folder.path, "is not a regular file"),
            (invalid, "is not UTF-8"),
        ] {
            #expect {
                _ = try Settings.load(environment: .values(["GATELODGE_SETTINGS": file]))
            } throws: { error in
                "\(error)" == "\(file): \(reason)"
            }
        }
        #expect {
            _ = try Settings.load(environment: .values(["GATELODGE_SETTINGS": ""]))
        } throws: { error in
            "\(error)" == "GATELODGE_SETTINGS: must be a path without control characters; it is \"\""
        }
    }
}
