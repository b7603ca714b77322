internal import Foundation
internal import GRDB

extension Session {
    static let columns = """
        id, account, kind, token_hash, generation, rotations, created, last_used, authenticated, address, user_agent, \
        ended, end_reason
        """

    init(row: Row) throws(StorageError) {
        var columns = ColumnReader(row)
        try self.init(reading: &columns)
    }

    /// Reads ``columns``.
    init(reading row: inout ColumnReader) throws(StorageError) {
        guard let id = SessionID(parsing: try row.next("id")) else {
            throw .corrupt(detail: "a session id is not 22 characters of base64url")
        }
        guard let accountID = AccountID(parsing: try row.next("account")) else {
            throw .corrupt(detail: "the account of a session is not 32 hexadecimal digits")
        }
        guard let kind = Kind(rawValue: try row.next("kind")) else {
            throw .corrupt(detail: "a session is of no known kind")
        }
        self.init(
            id: id,
            accountID: accountID,
            kind: kind,
            tokenHash: [UInt8](try row.next("token_hash", Data.self)),
            generation: try row.next("generation"),
            rotations: try row.next("rotations", String.self).utf8.split(separator: UInt8(ascii: " ")).compactMap {
                Int64(Substring($0))
            },
            createdUnixSeconds: try row.next("created"),
            lastUsedUnixSeconds: try row.next("last_used"),
            authenticatedUnixSeconds: try row.next("authenticated"),
            address: try row.next("address"),
            userAgent: try row.next("user_agent"),
            end: try Self.readEnd(&row))
    }

    private static func readEnd(_ row: inout ColumnReader) throws(StorageError) -> End? {
        let ended: Int64? = try row.next("ended", Int64?.self)
        // A reason that a newer binary invented ends a session all the same.
        let reason = try row.next("end_reason", String?.self).flatMap(SessionEndReason.init(rawValue:)) ?? .revoked
        return ended.map { End(reason: reason, unixSeconds: $0) }
    }

    /// The session of an id, in whatever state.
    static func find(_ id: SessionID, _ db: Database) throws -> Session? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM sessions WHERE id = ?")
        return try statement.fetchFirst([id.text]) { try Session(reading: &$0) }
    }

    /// Those of an account that have not ended, newest first; expired ones are among them.
    static func findUnended(of accountID: AccountID, _ db: Database) throws -> [Session] {
        let statement = try db.cachedStatement(
            sql: "SELECT \(columns) FROM sessions WHERE account = ? AND ended IS NULL ORDER BY seq DESC")
        return try Row.fetchAll(statement, arguments: [accountID.text]).map(Session.init(row:))
    }

    /// Adds it as the newest one.
    func insert(_ db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT INTO sessions (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            id.text, accountID.text, kind.rawValue, Data(tokenHash), generation, rotationsText,
            createdUnixSeconds, lastUsedUnixSeconds, authenticatedUnixSeconds, address, userAgent,
            end?.unixSeconds, end?.reason.rawValue,
        ])
    }

    /// Ends it now, where it has not ended yet, and revokes its access tokens.
    ///
    /// - Returns: the session as it is then.
    func end(_ reason: SessionEndReason, limits: SessionLimits, now: Int64, _ db: Database) throws -> Session {
        guard end == nil else { return self }
        try db.cachedStatement(sql: "UPDATE sessions SET ended = ?, end_reason = ? WHERE id = ? AND ended IS NULL")
            .execute(arguments: [now, reason.rawValue, id.text])
        try db.cachedStatement(sql: "INSERT INTO revocations (session, expires) VALUES (?, ?)")
            .execute(arguments: [id.text, limits.revocationExpiry(at: now)])
        return replacing(end: End(reason: reason, unixSeconds: now))
    }

    /// The same session after a rotation at `now`.
    func rotated(to tokenHash: [UInt8], limits: SessionLimits, now: Int64) -> Session {
        // Only at the front, so that the last entry goes on belonging to the last rotation whatever the clock did.
        let kept = rotations.suffix(Self.keptRotations).drop {
            elapsedSeconds(from: $0, to: now) > limits.graceSeconds
        }
        return Session(
            id: id, accountID: accountID, kind: kind, tokenHash: tokenHash, generation: generation &+ 1,
            rotations: kept + [now], createdUnixSeconds: createdUnixSeconds,
            lastUsedUnixSeconds: max(lastUsedUnixSeconds, now), authenticatedUnixSeconds: authenticatedUnixSeconds,
            address: address, userAgent: userAgent, end: end)
    }

    /// Whether the token of an earlier generation was rotated so lately that it gets its successor again.
    func isWithinGrace(generation presented: Int64, limits: SessionLimits, now: Int64) -> Bool {
        let back = elapsedSeconds(from: presented, to: generation)
        guard back >= 1, back <= Int64(rotations.count) else { return false }
        return elapsedSeconds(from: rotations[rotations.count - Int(back)], to: now) <= limits.graceSeconds
    }

    var rotationsText: String { rotations.map(String.init).joined(separator: " ") }

    private static let keptRotations = 15

    private func replacing(end: End) -> Session {
        Session(
            id: id, accountID: accountID, kind: kind, tokenHash: tokenHash, generation: generation,
            rotations: rotations, createdUnixSeconds: createdUnixSeconds, lastUsedUnixSeconds: lastUsedUnixSeconds,
            authenticatedUnixSeconds: authenticatedUnixSeconds, address: address, userAgent: userAgent, end: end)
    }
}
