import GatelodgeCommand
import Testing

@Suite struct DatabaseExaminerTests {
    static let sound = DatabaseExaminer.Facts(path: "d", bytes: 1 << 20, logBytes: 1 << 20, freeBytes: 10 << 30)

    static let changes: [Change<DatabaseExaminer.Facts>] = [
        Change("database_refused", .error) { $0.refusal = "it is no database" },
        Change("database_damaged", .error) { $0.damage = ["page 3 is never used"] },
        Change("database_log_on_network", .error) { $0.networkName = "nfs" },
        Change("database_on_network", .warning) {
            $0.networkName = "nfs"
            $0.journalMode = "truncate"
        },
        Change("database_log_long", .warning) { $0.logBytes = 300 << 20 },
        Change("disk_tight", .warning) { $0.freeBytes = 100 << 20 },
        Change("disk_tight", .warning) { $0.bytes = 6 << 30 },
        Change("disk_tight", .error) { $0.freeBytes = 1 << 20 },
    ]

    @Test(arguments: changes)
    func `Each fault of the database is found, and alone`(_ change: Change<DatabaseExaminer.Facts>) throws {
        try change.expectAlone(in: Self.sound, DatabaseExaminer.examine)
    }
}
