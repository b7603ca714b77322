import Foundation
import TestSupport
import Testing

/// How these tests start programs.
@Suite struct ChildTests {
    private func shell(_ script: String, environment: [String: String] = [:], input: String = "") throws -> Child {
        try Child(
            URL(filePath: "/bin/sh"), ["-c", script], environment: environment, folder: URL(filePath: "/usr"),
            input: [UInt8](input.utf8))
    }

    @Test func `A program gets its arguments, environment, folder and input, and says how it ended`() throws {
        let child = try shell("echo $PWD $NAME; cat; echo no >&2; exit 3", environment: ["NAME": "a b"], input: "text")
        #expect(child.status() == 3)
        #expect(child.text == "/usr a b\ntext")
        #expect(child.errors == "no\n")
        #expect(!child.isRunning)
    }

    @Test func `A program gets no descriptor but its first three`() throws {
        let descriptors = (0..<100).map { _ in unsafe open("/dev/null", O_RDONLY) }
        defer { for descriptor in descriptors { close(descriptor) } }
        // The fourth is that of the folder itself.
        let child = try Child(URL(filePath: "/bin/ls"), ["-f", "/proc/self/fd"])
        #expect(child.status() == 0)
        #expect(Set(child.text.split(separator: "\n")) == [".", "..", "0", "1", "2", "3"])
    }

    @Test func `The signal that ended a program is told, and none is sent afterwards`() throws {
        let child = try shell("kill -KILL $$")
        #expect(child.status() == -SIGKILL)
        child.signal(SIGTERM)
        #expect(child.status() == -SIGKILL)
    }

    @Test func `A program leaves the system's table when it ends, whether somebody asks or not`() throws {
        let child = try Child(URL(filePath: "/bin/true"), [])
        let path = "/proc/\(child.processID)"
        #expect(secondsUntil { !FileManager.default.fileExists(atPath: path) } != nil)
        #expect(child.status() == 0)
    }

    @Test func `A stopped program can be ended`() throws {
        let child = try Child(URL(filePath: "/bin/sleep"), ["60"])
        child.signal(SIGSTOP)
        #expect(child.wait { ProcessTree.isStopped(child.processID) })
        #expect(child.isRunning)
        child.end()
        #expect(child.status() == -SIGTERM)
    }

    @Test func `A program that is not there is an error`() throws {
        #expect(throws: SpawnFailure(call: "posix_spawn", errno: ENOENT)) {
            try Child(URL(filePath: "/nowhere/program"), [])
        }
    }

    @Test func `More input than a program reads hurts nobody`() throws {
        let child = try shell("exit 0", input: String(repeating: "x", count: 1 << 20))
        #expect(child.status() == 0)
    }
}
