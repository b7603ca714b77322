internal import GRDB

extension DatabaseFile {
    /// The reason an opening failed, as precise as it can be said.
    func diagnose(_ error: any Error) -> StorageError {
        guard let error = error as? DatabaseError else { return StorageError(error, path: path) }
        switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_IOERR: return obstacle() ?? StorageError(error, path: path)
        default: return StorageError(error, path: path)
        }
    }
}
