/// What the connection that writes says about itself, for `gatelodge check` and for tests.
package struct StoreDiagnosis: Sendable, Equatable {
    /// `wal`.
    package let journalMode: String

    /// 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
    package let synchronous: Int

    package let enforcesForeignKeys: Bool
    package let overwritesDeleted: Bool
    package let schemaVersion: Int
    package let sqliteVersion: String

    /// The complaints of `PRAGMA quick_check`; empty when all is well.
    package let damage: [String]
}
