import Foundation
import Glibc
import Storage
import Synchronization
import Testing

@Suite("A store whose process is killed")
struct StoreSurvivalTests {
    @Test("What was acknowledged before kill -9 is there, and nothing is half there")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file()
        // The database of the child, then of whoever comes after.
        try Store(path: path, logger: silent).close()
        let witness = folder.file("acknowledged")
        _ = FileManager.default.createFile(atPath: witness, contents: nil)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, witness = witness as String] in
            try await writeUntilKilled(path: path, witness: witness)
        }
        let acknowledged = try String(contentsOfFile: witness, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(acknowledged.count >= 500)
        let store = try Store(path: path, logger: silent)
        #expect(try store.findDiagnosis().damage == [])
        for name in acknowledged { #expect(try store.findAccount(canonicalUsername: name) != nil) }
        // Each account has the row of its audit, written in the same transaction.
        let foreign = try ForeignConnection(path)
        let accounts = try foreign.count("accounts")
        #expect(accounts >= acknowledged.count)
        #expect(try foreign.count("audit") == accounts)
        try await store.insertAccount(sampleAccount("later"))
    }
}

/// Thirty-two callers; each name is noted once its write has been acknowledged. With the five-hundredth the process is killed
/// in the midst of the others.
private func writeUntilKilled(path: String, witness: String) async throws {
    let store = try Store(path: path, logger: silent)
    let descriptor = unsafe open(witness, O_WRONLY | O_APPEND | O_CLOEXEC)
    let progress = Progress()
    try await withThrowingTaskGroup { group in
        for caller in 0..<32 {
            group.addTask {
                for number in 0..<10_000 {
                    let name = "user\(caller)x\(number)"
                    let record = AuditRecord(unixSeconds: start, event: "register", result: "ok")
                    try await store.insertAccount(sampleAccount(name), audit: record)
                    let line = Array("\(name)\n".utf8)
                    guard unsafe write(descriptor, line, line.count) == line.count else { return }
                    if progress.acknowledged.add(1, ordering: .relaxed).newValue == 500 { kill(getpid(), SIGKILL) }
                }
            }
        }
        try await group.waitForAll()
    }
}

private final class Progress: Sendable {
    let acknowledged = Atomic(0)
}
