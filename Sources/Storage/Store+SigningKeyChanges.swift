internal import Foundation
internal import GRDB
internal import Logging

extension Store {
    /// Brings the signing keys up to date: `plan` says what is to be done from all that there are, and is asked inside the transaction,
    /// so that of several processes one acts and the others find it done. Blocks the calling thread: for start-up, and for the
    /// thread that watches.
    ///
    /// - Parameter audit: a row for each new key, written with it.
    /// - Returns: all keys as they are then, oldest first.
    package func updateSigningKeys(
        audit: (StoredSigningKey) -> AuditRecord? = { _ in nil }, plan: ([StoredSigningKey]) -> SigningKeyChanges
    ) throws(StorageError) -> [StoredSigningKey] {
        let known = try findSigningKeys()
        // Nearly always there is nothing to do, and so nothing to write.
        guard !plan(known).isEmpty else { return known }
        let (rows, hasSealed) = try writer.writeBlocking(patience: Self.openingPatience) { [upkeep] db in
            let changes = plan(try Self.fetchSigningKeys(db))
            for (kid, privateKey) in changes.seals { try Self.seal(kid, privateKey, db) }
            for (kid, seconds) in changes.lifetimes { try Self.setLifetime(seconds, of: kid, db) }
            for key in changes.insertions {
                try Self.insert(key, db)
                try upkeep.insert(audit(key), db)
            }
            for kid in changes.deletions {
                try db.execute(sql: "DELETE FROM signing_keys WHERE kid = ?", arguments: [kid])
            }
            return (try Self.fetchSigningKeys(db), !changes.seals.isEmpty)
        }
        if hasSealed { try takePlainKeysFromLog() }
        return rows
    }

    /// The keys are sealed by now, so a reader that is in the way is no reason to fail.
    private func takePlainKeysFromLog() throws(StorageError) {
        do {
            try writer.truncateLog()
        } catch .busy {
            logger.warning("plain signing keys stay in the write-ahead log until it is written over")
        }
    }
}
