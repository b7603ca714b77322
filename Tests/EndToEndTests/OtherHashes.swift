import Foundation
import TestSupport

/// Hashes that programs on this machine make for a test, of one password. A program that is not there makes none.
enum OtherHashes {
    static let password = "vicky@12345"

    private static let interoperation = Site.checkout.appending(path: ".build-interop/bin/python")

    /// Name and hash of each kind.
    static func make(in folder: TemporaryFolder) throws -> [(name: String, hash: String)] {
        var made = try python(folder)
        if let php = find("php") {
            let script = """
                foreach (['PASSWORD_BCRYPT', 'PASSWORD_ARGON2I', 'PASSWORD_ARGON2ID'] as $kind) {
                    if (!defined($kind)) continue;
                    $cost = ['cost' => 4, 'memory_cost' => 1024, 'time_cost' => 2];
                    echo "php-$kind ", password_hash('\(password)', constant($kind), $cost), "\\n";
                }
                """
            made += rows(try output(php, ["-r", script], folder))
        }
        if let htpasswd = find("htpasswd") {
            for options in [["-B", "-C", "4"], ["-m"], ["-s"], ["-5", "-r", "1000"], ["-2", "-r", "1000"]] {
                let line = try output(htpasswd, ["-nb"] + options + ["name", password], folder)
                let name = "htpasswd\(options[0])"
                made.append((name, line.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespacesAndNewlines)))
            }
        }
        return made + (try go(folder))
    }

    /// A program in the usual places.
    static func find(_ name: String) -> URL? {
        ["/usr/bin", "/usr/local/bin", "/bin"].map { URL(filePath: $0).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    private static func python(_ folder: TemporaryFolder) throws -> [(name: String, hash: String)] {
        let script = Site.checkout.appending(path: "scripts/foreign-hashes.py").path
        guard FileManager.default.isExecutableFile(atPath: interoperation.path) else { return [] }
        return try output(interoperation, ["-W", "ignore", script], folder).split(separator: "\n").compactMap { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            guard let name = object?["name"], let hash = object?["password_hash"] else { return nil }
            return (name, hash)
        }
    }

    /// Where Debian's packages of Go's libraries are.
    private static func go(_ folder: TemporaryFolder) throws -> [(name: String, hash: String)] {
        let libraries = "/usr/share/gocode"
        guard let go = find("go"),
            FileManager.default.fileExists(atPath: libraries + "/src/golang.org/x/crypto/bcrypt")
        else { return [] }
        let file = folder.url.appending(path: "hash.go")
        try """
        package main

        import (
            "fmt"
            "golang.org/x/crypto/bcrypt"
        )

        func main() {
            hash, _ := bcrypt.GenerateFromPassword([]byte("\(password)"), 4)
            fmt.Println("go-bcrypt", string(hash))
        }
        """.write(to: file, atomically: true, encoding: .utf8)
        let environment = [
            "PATH": "/usr/bin:/bin", "GO111MODULE": "off", "GOPATH": libraries,
            "GOCACHE": folder.url.appending(path: "go").path, "HOME": folder.url.path,
        ]
        return rows(try output(go, ["run", file.path], folder, environment))
    }

    private static func rows(_ text: String) -> [(name: String, hash: String)] {
        text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }.filter { $0.count == 2 }
            .map { ($0[0], $0[1]) }
    }

    private static func output(
        _ program: URL, _ arguments: [String], _ folder: TemporaryFolder,
        _ environment: [String: String] = ["PATH": "/usr/bin:/bin"]
    ) throws -> String {
        let child = try Child(program, arguments, environment: environment, folder: folder.url)
        guard child.status() == 0 else {
            throw Site.Failure(description: "\(program.lastPathComponent): \(child.errors)")
        }
        return child.text
    }
}
