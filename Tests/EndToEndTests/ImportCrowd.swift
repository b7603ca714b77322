import Foundation
import GRDB
import TestSupport

/// Many accounts in a file, and what became of them. They share a few passwords, whose hashes cost nothing.
struct ImportCrowd {
    /// Of argon2-cffi and the password `vicky@12345`.
    static let argon2 =
        "$argon2id$v=19$m=512,t=2,p=2$3MnlTcy4Qu7+G/D3mI9Jpw$qTUAEX7q8YhkA6jsFX9BzXFQrD3wOYbVJY4dDO5Dpkg"

    /// Of the passwords, in their order.
    private static let hashes = [
        "$2b$04$e3aqAu5newNQKG7x4EXit.3h8HCLa80NgVJmL63fWDT4g5l4KpfkO",
        "$2b$04$N.MQ0bjTTHeAGEn9.oU.iOXhLmAKVtkA4cY1MiYm9BKO3n7ucU9im",
        "$2b$04$CHx91ZZvdpjlIgPzfZHMCeMQjwG9EEWW0i02Xxo6V8PN7lSYe.r4C",
    ]

    private static func password(_ number: Int) -> String { "correct horse \(number % hashes.count)" }

    /// That of ``hash``.
    var password: String { Self.password(0) }
    var hash: String { Self.hashes[0] }

    func name(_ number: Int) -> String { "person\(number)@example.com" }

    func credentials(_ number: Int, password: String? = nil) -> String {
        #"{"username":"\#(name(number))","password":"\#(password ?? Self.password(number))"}"#
    }

    func file(_ count: Int, as format: String) -> String {
        var text = ""
        for number in 0..<count {
            let hash = Self.hashes[number % Self.hashes.count]
            switch format {
            case "htpasswd": text += "\(name(number)):\(hash)\n"
            default: text += #"{"username":"\#(name(number))","password_hash":"\#(hash)","roles":["reader"]}"# + "\n"
            }
        }
        return text
    }

    /// Imports a file, and looks how much memory that takes.
    func importing(
        _ count: Int, as format: String, in folder: TemporaryFolder
    ) throws -> (result: CommandResult, peakKilobytes: Int, seconds: Double) {
        let file = folder.url.appending(path: "users.\(format)")
        try self.file(count, as: format).write(to: file, atomically: true, encoding: .utf8)
        let begin = ContinuousClock.now
        let child = try Child(
            Site.binary, ["user", "import", file.path], environment: Site.environment, folder: folder.url)
        var peak = 0
        while child.isRunning {
            // The last one before the end is as good as that at the end.
            peak = max(peak, Self.peakKilobytes(child.processID) ?? 0)
            usleep(2_000)
        }
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        return (CommandResult(child), peak, (seconds * 10).rounded() / 10)
    }

    func database(in folder: TemporaryFolder) -> String { folder.url.appending(path: "var/gatelodge.db").path }

    /// How many accounts are there; none where there is no database yet.
    func count(in folder: TemporaryFolder) -> Int { (try? names(in: folder).count) ?? 0 }

    func names(in folder: TemporaryFolder) throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: database(in: folder), configuration: configuration).read { db in
            try String.fetchAll(db, sql: "SELECT username FROM accounts ORDER BY username")
        }
    }

    private static func peakKilobytes(_ processID: Int32) -> Int? {
        let status = try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int($0) }
    }
}
