import Foundation
import GRDB
import Logging
import Storage
import Testing
import Threading

@Suite("Network file systems")
struct FileSystemTests {
    let folder: TemporaryFolder
    let remote = StoreOptions(fileSystem: .network(name: "nfs"))

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(
        "The kinds that other machines or programs hold are known by their numbers",
        arguments: [
            (0x6969, "nfs"), (0x517B, "smb"), (0xFF53_4D42, "cifs"), (0xFE53_4D42, "smb2"), (0x6573_5546, "fuse"),
            (0x0102_1997, "9p"),
        ] as [(UInt32, String)])
    func network(magic: UInt32, name: String) {
        #expect(FileSystem(magic: magic) == .network(name: name))
    }

    @Test("ext, xfs, btrfs, tmpfs and overlayfs are local, as is the folder of this test")
    func local() {
        for magic in [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630] as [UInt32] {
            #expect(FileSystem(magic: magic) == .local)
        }
        #expect(FileSystem(holding: folder.path) == .local)
        #expect(FileSystem(holding: "/proc") == .local)
    }

    @Test("There the journal is emptied and not a log, commits are synced, and two stores share the file")
    func truncate() async throws {
        let store = try Store(path: folder.file(), options: remote, logger: silent)
        let diagnosis = try store.findDiagnosis()
        #expect(diagnosis.journalMode == "truncate" && diagnosis.synchronous == 2 && diagnosis.overwritesDeleted)
        let other = try Store(path: folder.file(), options: remote, logger: silent)
        let (began, noticed) = (Flag(), Flag())
        let watch = try other.watch(every: .milliseconds(1)) { changed in
            if changed { (began.isSet ? noticed : began).set() }
        }
        while !began.isSet { await Task.yield() }
        try await withThrowingTaskGroup { group in
            for number in 0..<40 {
                let writer = number % 2 == 0 ? store : other
                group.addTask { try await writer.insertAccount(sampleAccount("user\(number)")) }
            }
            try await group.waitForAll()
        }
        while !noticed.isSet { await Task.yield() }
        watch.stop()
        #expect(try store.findAccounts(limit: 99).count == 40)
        #expect(try other.findAccounts(limit: 99).count == 40)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["gatelodge.sqlite", "gatelodge.sqlite-journal"])
        #expect(try folder.mode("gatelodge.sqlite-journal") == 0o600)
    }

    @Test("A database moves to a network and back with all it holds")
    func moving() async throws {
        let account = sampleAccount()
        let store = try Store(path: folder.file(), logger: silent)
        try await store.insertAccount(account)
        try store.close()
        let there = try Store(path: folder.file(), options: remote, logger: silent)
        #expect(try there.findAccount(id: account.id) == account)
        #expect(try there.findDiagnosis().journalMode == "truncate")
        try there.close()
        let back = try Store(path: folder.file(), logger: silent)
        #expect(try back.findAccount(id: account.id) == account)
        #expect(try back.findDiagnosis().journalMode == "wal")
    }

    @Test("The log says so once, and nothing on a local file system")
    func telling() throws {
        let messages = Messages()
        try Store(path: folder.file(), options: StoreOptions(fileSystem: .local), logger: messages.logger).close()
        #expect(messages.warnings == [])
        let store = try Store(path: folder.file(), options: remote, logger: messages.logger)
        _ = try store.findAccounts(limit: 1)
        #expect(messages.warnings.count == 1)
        #expect(messages.warnings.first?.contains("network file system") == true)
    }
}

/// The warnings of a log.
private final class Messages: Sendable {
    private let texts = Locked<[String]>([])

    var warnings: [String] { texts.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { [self] _ in Handler(messages: self) } }

    private struct Handler: LogHandler {
        let messages: Messages
        var logLevel = Logger.Level.warning
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            if event.level >= .warning { messages.texts.withLock { $0.append("\(event.message)") } }
        }
    }
}
