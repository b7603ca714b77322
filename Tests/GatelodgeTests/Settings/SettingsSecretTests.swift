import Foundation
import Gatelodge
import Glibc
import Cryptography
import Logging
import TestSupport
import Testing

@Suite struct SettingsSecretTests {
    let folder: ScratchFolder
    let text = "0123456789abcdef0123456789abcdef"

    init() throws { folder = try ScratchFolder() }

    func load(_ variables: [String: String], yaml: String = "") throws -> Settings {
        try Settings.load(file: folder.write(yaml, to: "a.yaml"), environment: .values(variables))
    }

    /// What loading reports, with the folder's path taken out.
    func problems(_ variables: [String: String], yaml: String = "") throws -> String {
        let file = try folder.write(yaml, to: "a.yaml")
        do {
            _ = try Settings.load(file: file, environment: .values(variables))
            return ""
        } catch {
            return error.description.replacing(folder.path + "/", with: "")
        }
    }

    @Test(
        "One newline at the end of a secret file is not part of the secret",
        arguments: [("", ""), ("\n", ""), ("\n\n", "\n"), ("\r\n", "\r"), (" ", " ")])
    func newline(ending: String, kept: String) throws {
        let file = try folder.write(text + ending, to: "secret")
        let secret = try #require(try load(["GATELODGE_JWT_SECRET_FILE": file]).jwt.secret)
        #expect(secret.withSpan { span in span.indices.map { span[$0] } } == Array((text + kept).utf8))
    }

    @Test("A secret below 32 bytes is refused and one of 32 is not", .promise(47)) func length() throws {
        let file = try folder.write(String(text.dropLast()) + "\n", to: "secret")
        #expect(
            try problems(["GATELODGE_JWT_SECRET_FILE": file])
                == "GATELODGE_JWT_SECRET_FILE: jwt.secret_file: has 31 bytes and needs at least 32")
        #expect(
            try problems(["GATELODGE_JWT_SECRET": String(text.dropLast())])
                == "GATELODGE_JWT_SECRET: jwt.secret: has 31 bytes and needs at least 32")
        #expect(try load(["GATELODGE_JWT_SECRET": text]).jwt.secret?.count == 32)
    }

    @Test("A secret and its file exclude each other, also across file and environment") func both() throws {
        let file = try folder.write(text, to: "secret")
        #expect(
            try problems(["GATELODGE_JWT_SECRET": text, "GATELODGE_JWT_SECRET_FILE": file])
                == "GATELODGE_JWT_SECRET: jwt.secret: jwt.secret_file is given as well (GATELODGE_JWT_SECRET_FILE); "
                + "only one of them can hold")
        #expect(
            try problems(["GATELODGE_JWT_SECRET": text], yaml: "jwt: {secret_file: \(file)}")
                == "GATELODGE_JWT_SECRET: jwt.secret: jwt.secret_file is given as well (a.yaml:1); only one of them can hold"
        )
    }

    @Test(
        "A secret file that other users may read or change is refused; 0600 and 0400 are not", .promise(71),
        arguments: [0o640, 0o604, 0o620, 0o602, 0o644, 0o777, 0o610])
    func mode(bits: Int) throws {
        let file = try folder.write(text, to: "secret", mode: bits)
        let octal = "0" + String(bits, radix: 8)
        #expect(
            try problems(["GATELODGE_JWT_SECRET_FILE": file])
                == "GATELODGE_JWT_SECRET_FILE: jwt.secret_file: \"secret\" has mode \(octal): "
                + "group and others must have no permission (0600)")
        for good in [0o600, 0o400] {
            let file = try folder.write(text, to: "good-\(good)", mode: good)
            #expect(try load(["GATELODGE_JWT_SECRET_FILE": file]).jwt.secret?.count == 32)
        }
    }

    @Test(
        "A secret file of another user's is refused", .promise(71),
        .enabled(if: geteuid() == 0, "only root can give files away"))
    func owner() throws {
        let file = try folder.write(text, to: "secret")
        #expect(unsafe chown(file, 65534, 65534) == 0)
        #expect(
            try problems(["GATELODGE_JWT_SECRET_FILE": file])
                == "GATELODGE_JWT_SECRET_FILE: jwt.secret_file: \"secret\" belongs to user 65534, "
                + "neither root nor the user that we run as")
    }

    @Test("A secret file that is absent, a folder, a pipe, a device or too large is refused") func sort() throws {
        let pipe = folder.path + "/pipe"
        #expect(unsafe mkfifo(pipe, 0o600) == 0)
        _ = try folder.write(String(repeating: "s", count: 4097), to: "large")
        for (path, reason) in [
            (folder.path + "/absent", "does not exist"), (folder.path + "/a.yaml/x", "does not exist"),
            (pipe, "is not a regular file"), (folder.path + "/large", "is larger than 4096 bytes"),
        ] {
            #expect(
                try problems(["GATELODGE_JWT_SECRET_FILE": path])
                    == "GATELODGE_JWT_SECRET_FILE: jwt.secret_file: \"\(path.replacing(folder.path + "/", with: ""))\" \(reason)"
            )
        }
        _ = try folder.write(String(repeating: "s", count: 4096), to: "largest")
        #expect(try load(["GATELODGE_JWT_SECRET_FILE": folder.path + "/largest"]).jwt.secret?.count == 4096)
    }

    @Test("A secret never prints and never stands in an error", .promise(71)) func redaction() throws {
        let settings = try load(["GATELODGE_JWT_SECRET": text])
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(dumped.contains("<redacted>"))
        #expect(!(dumped + "\(settings)" + String(reflecting: settings)).contains(text.prefix(8)))
        let wrong = try problems(
            ["GATELODGE_JWT_SECRET": "short-secret", "GATELODGE_JWT_SECRTS": text], yaml: "jwt: {secret: \(text)}")
        #expect(!wrong.contains("short-secret"))
        #expect(!wrong.contains(text))
    }

    @Test("Loading removes the secret from the environment, from its memory too, also when it fails", .promise(71))
    func removal() async {
        await #expect(processExitsWith: .success) {
            let text = "0123456789abcdef0123456789abcdef"
            // The tests' own variable has the form of a setting.
            _ = unsafe unsetenv("GATELODGE_CORPORA")
            for wrong in ["", "1"] {
                _ = unsafe setenv("GATELODGE_JWT_SECRET", text, 1)
                _ = unsafe setenv("GATELODGE_LOG_LEVEL", "debug", 1)
                if wrong != "" { _ = unsafe setenv("GATELODGE_WRONG", wrong, 1) }
                guard let address = unsafe getenv("GATELODGE_JWT_SECRET") else { exit(1) }
                do {
                    let settings = try Settings.load()
                    guard wrong == "", settings.jwt.secret?.count == 32, settings.log.level == .debug else { exit(2) }
                } catch {
                    guard wrong != "" else { exit(3) }
                }
                guard unsafe getenv("GATELODGE_JWT_SECRET") == nil, unsafe address[0] == 0, unsafe address[31] == 0
                else { exit(4) }
                guard unsafe getenv("GATELODGE_LOG_LEVEL") != nil else { exit(5) }
            }
        }
    }
}
