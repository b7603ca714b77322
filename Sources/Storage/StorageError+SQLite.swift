internal import GRDB

extension StorageError {
    /// Translates what GRDB throws. Messages of SQLite name tables and columns, never values; the statement and its
    /// arguments stay behind.
    package init(_ error: any Error, path: String) {
        if let error = error as? StorageError {
            self = error
        } else if let error = error as? DatabaseError {
            self.init(error, path: path)
        } else {
            self = .unavailable(reason: "\(type(of: error))")
        }
    }

    private init(_ error: DatabaseError, path: String) {
        // The primary code is the low byte of the extended one: https://www.sqlite.org/rescode.html
        switch error.resultCode.primaryResultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_FULL: self = .full
        case .SQLITE_READONLY: self = .readOnly(path: path)
        case .SQLITE_NOTADB: self = .notADatabase(path: path)
        case .SQLITE_CORRUPT:
            self = .corrupt(detail: error.message ?? "SQLite code \(error.extendedResultCode.rawValue)")
        default:
            let message = error.message ?? "no message"
            self = .unavailable(reason: "\(message) (SQLite code \(error.extendedResultCode.rawValue))")
        }
    }
}
