/// One additive step of the schema. A released one is never changed.
package struct Migration: Sendable {
    /// The version of the oldest binary that may use the database after this step.
    let oldestBinary: Int

    let sql: String

    package init(oldestBinary: Int, sql: String) {
        self.oldestBinary = oldestBinary
        self.sql = sql
    }
}
