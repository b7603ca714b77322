internal import GRDB

extension Store {
    /// The random URN (RFC 8141; RFC 9562 §5.4) that names this instance, made with the database: the issuer of its
    /// tokens where no other is set.
    package func findInstanceID() throws(StorageError) -> String {
        let id = try read { try String.fetchOne($0, sql: "SELECT value FROM instance WHERE name = 'id'") }
        guard let id else { throw .corrupt(detail: "the instance has no id") }
        return id
    }

    /// The longest lifetime in seconds that access tokens of this instance ever had, however short it is now.
    package func findLongestLifetime() throws(StorageError) -> Int64 {
        try read { db in
            try Int64.fetchOne(db, sql: "SELECT CAST(value AS INTEGER) FROM instance WHERE name = 'longest_lifetime'")
                ?? 0
        }
    }

    /// Remembers a lifetime that is longer than all before. Blocks: for start-up.
    package func raiseLongestLifetime(to seconds: Int64) throws(StorageError) {
        guard try findLongestLifetime() < seconds else { return }
        try writer.writeBlocking(patience: Self.openingPatience) { db in
            try db.execute(
                sql: """
                    INSERT INTO instance (name, value) VALUES ('longest_lifetime', ?1) ON CONFLICT (name)
                    DO UPDATE SET value = ?1 WHERE CAST(value AS INTEGER) < CAST(?1 AS INTEGER)
                    """,
                arguments: [String(seconds)])
        }
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
