import GatelodgeCommand
import Testing

@Suite struct FileExaminerTests {
    static let sound = FileExaminer.Facts(
        settingsFile: FileFact("s", .file, mode: 0o644), socketFolder: FileFact("r", .folder, mode: 0o755),
        databaseFolder: FileFact("d", .folder, mode: 0o700), database: FileFact("d/db", .file, mode: 0o600, owner: 9),
        masterKey: FileFact("d/db.key", .file, mode: 0o600, owner: 9))

    static let changes: [Change<FileExaminer.Facts>] = [
        Change("settings_writable", .error) { $0.settingsFile = FileFact("s", .file, mode: 0o664) },
        Change("settings_writable", .error) { $0.settingsFile = FileFact("s", .file, mode: 0o646) },
        Change("socket_folder_missing", .error) { $0.socketFolder = FileFact("r", .missing) },
        Change("socket_folder_missing", .error) { $0.socketFolder = FileFact("r", .file) },
        Change("socket_folder_writable", .error) { $0.socketFolder = FileFact("r", .folder, mode: 0o777) },
        Change("database_folder_missing", .error) { $0.databaseFolder = FileFact("d", .missing) },
        Change("database_folder_writable", .error) { $0.databaseFolder = FileFact("d", .folder, mode: 0o757) },
        Change("database_mode", .error) { $0.database = FileFact("d/db", .file, mode: 0o640, owner: 9) },
        Change("database_mode", .error) { $0.database = FileFact("d/db", .folder, mode: 0o700, owner: 9) },
        Change("master_key_mode", .error) { $0.masterKey = FileFact("k", .file, mode: 0o604, owner: 9) },
        Change("master_key_missing", .error) { $0.masterKey = FileFact("k", .missing) },
        Change("database_missing", .warning) { $0.database = FileFact("d/db", .missing) },
        Change("owner_differs", .error) { $0.masterKey = FileFact("k", .file, mode: 0o600, owner: 0) },
    ]

    @Test(arguments: changes)
    func `Each fault of a file is found, and alone`(_ change: Change<FileExaminer.Facts>) throws {
        try change.expectAlone(in: Self.sound, FileExaminer.examine)
    }

    @Test func `Before the first start, and with a sticky folder, there is nothing to say`() {
        var facts = Self.sound
        facts.settingsFile = nil
        facts.database = FileFact("d/db", .missing)
        facts.masterKey = FileFact("d/db.key", .missing)
        facts.socketFolder = FileFact("/tmp", .folder, mode: 0o1777)
        #expect(FileExaminer.examine(facts) == [])
    }
}
