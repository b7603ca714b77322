internal import GRDB

/// The columns of one row, one after the other as the statement names them: looking each up by its name costs more than
/// SQLite's own work. For rows that every request reads; others are read by name (``GRDB/Row/column(_:_:)``).
struct ColumnReader {
    private let row: Row
    private var index = 0

    init(_ row: Row) {
        self.row = row
    }

    /// The value of the next column.
    mutating func next<Value: DatabaseValueConvertible>(
        _ name: String, _ type: Value.Type = Value.self
    ) throws(StorageError) -> Value {
        guard let value = Value.fromDatabaseValue(stored(name)) else { throw .unreadable(name, type) }
        return value
    }

    /// The value of the next column, which may be NULL.
    mutating func next<Value: DatabaseValueConvertible>(
        _ name: String, _ type: Value?.Type
    ) throws(StorageError) -> Value? {
        let stored = stored(name)
        if stored.isNull { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw .unreadable(name, Value.self) }
        return value
    }

    private mutating func stored(_ name: String) -> DatabaseValue {
        assert(Array(row.columnNames)[index] == name, "the columns are read in another order than they are named in")
        defer { index += 1 }
        return row[index]
    }
}

extension Statement {
    /// Reads the first row where it stands, without a copy.
    func fetchFirst<Value>(
        _ arguments: StatementArguments, _ read: (inout ColumnReader) throws -> Value
    ) throws -> Value? {
        let rows = try Row.fetchCursor(self, arguments: arguments)
        // With its cursor a row is gone.
        return try withExtendedLifetime(rows) {
            guard let row = try rows.next() else { return nil }
            var columns = ColumnReader(row)
            return try read(&columns)
        }
    }
}

extension StorageError {
    static func unreadable(_ column: String, _ type: Any.Type) -> StorageError {
        .corrupt(detail: "column \(column) does not hold a value of type \(type)")
    }
}
