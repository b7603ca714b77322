internal import GRDB

/// The tables, as a list of additive steps.
///
/// The database stores the step it has reached and the oldest binary that may use it. An older binary goes on working
/// on a newer schema (a rollback of the program is not a rollback of the data) until a step says otherwise.
package enum Schema {
    /// "GTLG", in the header of every database of ours: https://www.sqlite.org/pragma.html#pragma_application_id
    static let applicationID: Int32 = 0x4754_4C47

    /// What this binary knows.
    static var version: Int { migrations.count }

    /// Step n brings a database from n to n + 1.
    package static let migrations = [
        Migration(
            oldestBinary: 1,
            sql: """
                CREATE TABLE instance (
                    name TEXT PRIMARY KEY,
                    value TEXT NOT NULL
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE accounts (
                    id TEXT PRIMARY KEY,
                    username TEXT NOT NULL,
                    canonical TEXT NOT NULL UNIQUE,
                    password_hash TEXT NOT NULL,
                    roles TEXT NOT NULL DEFAULT '',
                    state TEXT NOT NULL DEFAULT 'active',
                    created INTEGER NOT NULL,
                    updated INTEGER NOT NULL
                ) STRICT;

                CREATE TABLE signing_keys (
                    kid TEXT PRIMARY KEY,
                    algorithm TEXT NOT NULL,
                    private_key BLOB NOT NULL,
                    state TEXT NOT NULL,
                    created INTEGER NOT NULL
                ) STRICT;
                """),
        Migration(oldestBinary: 1, sql: sessions),
        Migration(oldestBinary: 1, sql: throttle),
    ]

    /// Sessions and what belongs to them. An older binary goes on with its own columns, until a signing key is sealed
    /// (``Store/insertSigningKey(_:audit:)``).
    ///
    /// A refresh changes nothing that is indexed: the hash of the token is for cookies only, and neither the last use
    /// nor the expiry has an index (``Upkeep`` says how rows are found that may go). `seq` is the order of beginning, and every index
    /// ends with it.
    private static let sessions = """
        ALTER TABLE accounts ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE accounts ADD COLUMN password_version INTEGER NOT NULL DEFAULT 0;

        ALTER TABLE signing_keys ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE signing_keys ADD COLUMN signs_from INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE signing_keys ADD COLUMN retired INTEGER;
        ALTER TABLE signing_keys ADD COLUMN longest_lifetime INTEGER NOT NULL DEFAULT 3600;

        CREATE TABLE sessions (
            seq INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            account TEXT NOT NULL,
            kind TEXT NOT NULL,
            token_hash BLOB NOT NULL,
            generation INTEGER NOT NULL,
            rotations TEXT NOT NULL,
            created INTEGER NOT NULL,
            last_used INTEGER NOT NULL,
            authenticated INTEGER NOT NULL,
            address TEXT NOT NULL,
            user_agent TEXT NOT NULL,
            ended INTEGER,
            end_reason TEXT
        ) STRICT;
        CREATE INDEX sessions_of_account ON sessions (account) WHERE ended IS NULL;
        CREATE INDEX sessions_ended ON sessions (ended) WHERE ended IS NOT NULL;
        CREATE UNIQUE INDEX sessions_cookie ON sessions (token_hash) WHERE kind = 'cookie';

        CREATE TABLE revocations (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            session TEXT,
            account TEXT,
            epoch INTEGER,
            expires INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX revocations_expired ON revocations (expires);

        CREATE TABLE audit (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            time INTEGER NOT NULL,
            event TEXT NOT NULL,
            result TEXT NOT NULL,
            account TEXT,
            actor TEXT,
            session TEXT,
            address TEXT NOT NULL,
            request_id TEXT NOT NULL,
            detail TEXT
        ) STRICT;
        CREATE INDEX audit_of_account ON audit (account) WHERE account IS NOT NULL;
        CREATE INDEX audit_by_time ON audit (time);

        CREATE TABLE services (
            name TEXT PRIMARY KEY,
            secret_hash BLOB NOT NULL,
            created INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE invites (
            code_hash BLOB PRIMARY KEY,
            kind TEXT NOT NULL,
            account TEXT,
            roles TEXT NOT NULL,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX invites_expired ON invites (expires);
        CREATE INDEX invites_of_account ON invites (account) WHERE account IS NOT NULL;
        """

    /// Failures by account, by account and address, and by address; all keys are digests of one size. An older binary counts
    /// nothing.
    private static let throttle = """
        CREATE TABLE throttle (
            key BLOB PRIMARY KEY,
            account BLOB,
            failures INTEGER NOT NULL,
            time INTEGER NOT NULL,
            success INTEGER,
            expires INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX throttle_expired ON throttle (expires);
        CREATE INDEX throttle_of_account ON throttle (account) WHERE account IS NOT NULL;
        """

    /// Refuses a database that another program made, before anything in it is touched.
    static func refuseForeign(_ db: Database, path: String) throws {
        // In this order: another process may migrate between the two statements, and it adds tables and id at once.
        let tables = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_schema") ?? 0
        if tables == 0 { return }
        let stored = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard stored == applicationID else { throw StorageError.foreignDatabase(path: path) }
    }

    /// Brings the database to this binary's version, inside the caller's IMMEDIATE transaction, so that of two
    /// processes on a fresh file one migrates and the other finds it done.
    ///
    /// - Parameter prepare: called with the version to come before the first step of a database that has data.
    /// - Returns: the version before.
    static func migrate(
        _ db: Database, path: String, through migrations: [Migration] = migrations,
        prepare: (_ version: Int) throws -> Void = { _ in }
    ) throws -> Int {
        let reached = try readVersion(db)
        if reached.oldestBinary > migrations.count {
            throw StorageError.newerSchema(
                path: path, oldestBinary: reached.oldestBinary, thisBinary: migrations.count)
        }
        guard reached.version < migrations.count else { return reached.version }
        if reached.version > 0 { try prepare(migrations.count) }
        var oldestBinary = reached.oldestBinary
        for migration in migrations[reached.version...] {
            try db.execute(sql: migration.sql)
            oldestBinary = max(oldestBinary, migration.oldestBinary)
        }
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(
            sql: "CREATE TABLE IF NOT EXISTS schema (version INTEGER NOT NULL, oldest_binary INTEGER NOT NULL) STRICT")
        try db.execute(sql: "DELETE FROM schema")
        try db.execute(
            sql: "INSERT INTO schema (version, oldest_binary) VALUES (?, ?)",
            arguments: [migrations.count, oldestBinary])
        return reached.version
    }

    /// The version of the tables and of the oldest binary that may use them; zeros for an empty file.
    static func readVersion(_ db: Database) throws -> (version: Int, oldestBinary: Int) {
        guard try db.tableExists("schema") else { return (0, 0) }
        guard let row = try Row.fetchOne(db, sql: "SELECT version, oldest_binary FROM schema") else {
            throw StorageError.corrupt(detail: "the table schema is empty")
        }
        let version: Int = try row.column("version")
        guard version >= 0 else { throw StorageError.corrupt(detail: "the schema version is negative") }
        return (version, try row.column("oldest_binary"))
    }
}
