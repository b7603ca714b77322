import Foundation
import TestSupport
import Testing

/// The form of the log follows from what standard error is.
@Suite struct LogFormTests {
    /// What `gatelodge serve` writes to its standard error until it is ready.
    private func log(_ environment: [String: String], to output: FileHandle, read: () -> String) throws -> String {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = Site.binary
        process.arguments = ["serve"]
        process.environment = Site.environment.merging(environment) { $1 }
        process.currentDirectoryURL = folder.url
        process.standardInput = FileHandle.nullDevice
        process.standardError = output
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        var text = ""
        let isReady = secondsUntil {
            text += read()
            return text.contains("ready")
        }
        try #require(isReady != nil, "\(text)")
        return text
    }

    private func logOnTerminal(_ environment: [String: String]) throws -> String {
        let terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
        try #require(terminal >= 0)
        defer { close(terminal) }
        // What unlockpt(3) and ptsname(3) do, which Swift does not import: TIOCSPTLCK and TIOCGPTN.
        var (lock, number): (Int32, Int32) = (0, -1)
        let isUnlocked = unsafe ioctl(terminal, 0x4004_5431, &lock) == 0
        let isNamed = unsafe ioctl(terminal, 0x8004_5430, &number) == 0
        try #require(isUnlocked && isNamed)
        let name = "/dev/pts/\(number)"
        let end = FileHandle(fileDescriptor: unsafe open(name, O_RDWR | O_NOCTTY), closeOnDealloc: true)
        return try log(environment, to: end) {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = unsafe read(terminal, &buffer, buffer.count)
            return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }
    }

    private func logInFile(_ environment: (stat) -> [String: String]) throws -> String {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "log").path
        try Data().write(to: URL(fileURLWithPath: path))
        var status = stat()
        try #require(unsafe stat(path, &status) == 0)
        let end = try #require(FileHandle(forWritingAtPath: path))
        return try log(environment(status), to: end) { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    }

    @Test func `On a terminal it is for people, with colours where they are wanted`() throws {
        let coloured = try logOnTerminal(["TERM": "xterm"])
        #expect(coloured.contains("\u{1B}[36mnotice\u{1B}[0m   ready socket=var/gatelodge.sock"), "\(coloured)")
        for environment in [["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"], [:]] {
            let plain = try logOnTerminal(environment)
            #expect(plain.contains("Z notice   ready socket=var/gatelodge.sock") && !plain.contains("\u{1B}"))
        }
    }

    @Test func `Where it is the journal, lines begin with their priority, and only there`() throws {
        let journal = try logInFile { ["JOURNAL_STREAM": "\($0.st_dev):\($0.st_ino)"] }
        #expect(journal.contains(#"<5>{"time":""#), "\(journal)")
        let other = try logInFile { ["JOURNAL_STREAM": "\($0.st_dev):\($0.st_ino + 1)"] }
        #expect(other.contains(#"{"time":""#) && !other.contains("<5>"))
    }
}
