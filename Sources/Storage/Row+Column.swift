internal import GRDB

extension Row {
    /// The value of one column. GRDB's own subscript traps on a value of another type, and a damaged or hand-edited
    /// file must not stop the process.
    func column<Value: DatabaseValueConvertible>(
        _ name: String, _ type: Value.Type = Value.self
    ) throws(StorageError) -> Value {
        guard let stored: DatabaseValue = self[name] else {
            throw .corrupt(detail: "column \(name) is missing")
        }
        guard let value = Value.fromDatabaseValue(stored) else {
            throw .unreadable(name, type)
        }
        return value
    }
    /// The value of one column that may be NULL.
    func column<Value: DatabaseValueConvertible>(
        _ name: String, _ type: Value?.Type
    ) throws(StorageError) -> Value? {
        guard let stored: DatabaseValue = self[name] else {
            throw .corrupt(detail: "column \(name) is missing")
        }
        return stored.isNull ? nil : try column(name, Value.self)
    }
}
