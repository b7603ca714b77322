import GRDB
import Storage
import Testing

@Suite("Errors of the store")
struct StorageErrorTests {
    @Test(
        "SQLite's result codes are told apart, extended ones by their primary code",
        arguments: [
            (.SQLITE_BUSY, .busy), (.SQLITE_BUSY_SNAPSHOT, .busy), (.SQLITE_LOCKED, .busy), (.SQLITE_FULL, .full),
            (.SQLITE_READONLY, .readOnly(path: "/p")), (.SQLITE_READONLY_DBMOVED, .readOnly(path: "/p")),
            (.SQLITE_NOTADB, .notADatabase(path: "/p")), (.SQLITE_CORRUPT, .corrupt(detail: "m")),
            (.SQLITE_CORRUPT_VTAB, .corrupt(detail: "m")),
            (.SQLITE_IOERR_FSYNC, .unavailable(reason: "m (SQLite code 1034)")),
            (.SQLITE_NOMEM, .unavailable(reason: "m (SQLite code 7)")),
        ] as [(ResultCode, StorageError)])
    func translation(code: ResultCode, expected: StorageError) {
        #expect(StorageError(DatabaseError(resultCode: code, message: "m"), path: "/p") == expected)
    }

    @Test("Neither the statement nor its arguments are told")
    func redacted() {
        let error = DatabaseError(
            resultCode: .SQLITE_IOERR, message: "disk I/O error", sql: "UPDATE canary", arguments: ["canary"],
            publicStatementArguments: true)
        #expect(!"\(StorageError(error, path: "/p"))".contains("canary"))
    }

    @Test(
        "Each reads as one line",
        arguments: [
            .pathInvalid, .folderMissing(path: "/p"), .notAFile(path: "/p"),
            .permissionsTooOpen(path: "/p", mode: 0o644),
            .readOnly(path: "/p"), .notADatabase(path: "/p"), .foreignDatabase(path: "/p"),
            .newerSchema(path: "/p", oldestBinary: 3, thisBinary: 2), .corrupt(detail: "d"), .busy, .full,
            .usernameTaken,
            .accountMissing, .keyExists, .unavailable(reason: "r"),
        ] as [StorageError])
    func oneLine(error: StorageError) {
        let text = error.description
        #expect(!text.isEmpty && !text.contains("\n"))
        if case .permissionsTooOpen = error { #expect(text.contains("0644")) }
    }
}
