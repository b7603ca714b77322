internal import GRDB

extension Store {
    /// The random URN (RFC 8141; RFC 9562 §5.4) that names this instance, made with the database: the issuer of its
    /// tokens where no other is set.
    package func findInstanceID() throws(StorageError) -> String {
        let id = try read { try String.fetchOne($0, sql: "SELECT value FROM instance WHERE name = 'id'") }
        guard let id else { throw .corrupt(detail: "the instance has no id") }
        return id
    }

    static func insertInstanceID(_ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO instance (name, value) VALUES ('id', ?) ON CONFLICT DO NOTHING",
            arguments: [randomURN()])
    }

    private static func randomURN() -> String {
        let high = UInt64.random(in: .min ... .max) & ~0xF000 | 0x4000  // version 4
        let low = UInt64.random(in: .min ... .max) & ~(0b11 << 62) | 0b10 << 62  // variant 10
        let digits = Array(hexadecimal(high) + hexadecimal(low))
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        return "urn:uuid:" + groups.joined(separator: "-")
    }
}
