import Glibc
import Storage
import Synchronization
import TestSupport
import Testing

/// The writes of a test are all in the queue before the first one can begin: another process holds the lock until then.
/// Faults are put into the file itself: triggers that refuse accounts of certain names.
@Suite("Writes that share a commit")
struct StoreWriterTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
    }

    @Test("Writes that wait together share one commit, and each gets its own answer")
    func shared() async throws {
        let before = store.writeCounters
        let outcomes = try await together(["a", "b", "c", "b", "d"], in: store)
        #expect(outcomes == [nil, nil, nil, .usernameTaken, nil])
        #expect(store.writeCounters.commits - before.commits == 1)
        #expect(store.writeCounters.writes - before.writes == 5)
        #expect(try names() == ["a", "b", "c", "d"])
    }

    @Test("A limit on the batch is kept; with one each write has a commit of its own", arguments: [1, 2, 3, 7])
    func limited(limit: Int) async throws {
        let store = try Store(path: folder.file(), options: StoreOptions(batchLimit: limit), logger: silent)
        let outcomes = try await together(["a", "b", "c", "d", "e", "f"], in: store)
        #expect(outcomes == Array(repeating: nil, count: 6))
        #expect(store.writeCounters.commits == (6 + limit - 1) / limit)
        #expect(store.writeCounters.writes == 6)
    }

    @Test(
        "A write that fails half-way leaves nothing of its own, and its neighbours whole", arguments: [1, 256])
    func failing(limit: Int) async throws {
        let store = try Store(path: folder.file(), options: StoreOptions(batchLimit: limit), logger: silent)
        let invite = Invite(registration: sampleHash(1), createdUnixSeconds: start, expiresUnixSeconds: .max)
        _ = try await store.insertInvite(invite, limits: sampleLimits, now: start)
        let lock = try ForeignConnection.lock(folder.file())
        let first = Task.immediate { await insertion("vicky", in: store) }
        // Uses the code up before it finds the name taken.
        let second = Task.immediate {
            await outcome {
                try await store.insertAccount(sampleAccount(), redeeming: sampleHash(1))
            }.failure
        }
        let third = Task.immediate { await insertion("later", in: store) }
        try lock.release()
        #expect(await [first.value, second.value, third.value] == [nil, .usernameTaken, nil])
        #expect(try names() == ["later", "vicky"])
        #expect(try store.findInvite(codeHash: sampleHash(1), kind: .registration, now: start) != nil)
    }

    @Test("An error that ends the whole transaction fails all that shared it; what comes after succeeds")
    func rolledBack() async throws {
        try refuse(doing: "SELECT RAISE(ROLLBACK, 'no')")
        let outcomes = try await together(["a", "bad", "c", "d"], in: store)
        // The last two came to their turn in a transaction of their own.
        #expect(outcomes[2...] == [nil, nil])
        let cause = try #require(outcomes[1])
        #expect(outcomes[0] == cause)
        guard case .unavailable = cause else {
            Issue.record("\(cause)")
            return
        }
        #expect(try names() == ["c", "d"])
    }

    @Test(
        "No room for one row is told to all who shared the transaction, and is over when there is room again",
        .promise(87))
    func full() async throws {
        let foreign = try ForeignConnection(folder.file())
        // The largest number is taken: SQLite fails the next row as on a full disk (https://www.sqlite.org/autoinc.html).
        try foreign.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('audit', \(Int64.max))")
        let lock = try ForeignConnection.lock(folder.file())
        let plain = Task.immediate { await insertion("plain", in: store) }
        let audited = Task.immediate { await insertion("audited", in: store, audit: sampleRecord) }
        let later = Task.immediate { await insertion("later", in: store) }
        try lock.release()
        #expect(await [plain.value, audited.value, later.value] == [.full, .full, nil])
        #expect(try names() == ["later"])
        try foreign.execute("DELETE FROM sqlite_sequence WHERE name = 'audit'")
        #expect(try await together(["plain", "audited"], in: store) == [nil, nil])
    }

    @Test("A commit that fails fails all, also those that were refused before; the next one succeeds", .promise(87))
    func failingCommit() async throws {
        let foreign = try ForeignConnection(folder.file())
        try foreign.execute("CREATE TABLE promise (kept TEXT REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED)")
        try refuse(doing: "INSERT INTO promise VALUES ('nobody')")
        try await store.insertAccount(sampleAccount("taken"))
        let before = store.writeCounters
        let outcomes = try await together(["a", "taken", "bad", "c"], in: store)
        let cause = try #require(outcomes[0])
        guard case .unavailable(let reason) = cause else {
            Issue.record("\(cause)")
            return
        }
        #expect(reason.contains("FOREIGN KEY"))
        #expect(outcomes == [cause, cause, cause, cause])
        #expect(try names() == ["taken"])
        #expect(store.writeCounters.commits == before.commits)
        #expect(await insertion("c", in: store) == nil)
    }

    @Test("A refusal is as durable as what it saw: nobody is told of a name that is then not taken")
    func refusalOfAnUncommittedName() async throws {
        try refuse(doing: "SELECT RAISE(ROLLBACK, 'no')")
        let outcomes = try await together(["a", "a", "bad"], in: store)
        #expect(outcomes[1] == outcomes[0] && outcomes[1] != .usernameTaken)
        #expect(try names() == [])
    }

    @Test("Closing answers every write that waits, however many commits that takes, and later ones are refused")
    func closing() async throws {
        let store = try Store(path: folder.file(), options: StoreOptions(batchLimit: 1), logger: silent)
        let lock = try ForeignConnection.lock(folder.file())
        let tasks = (0..<300).map { number in Task.immediate { await insertion("user\(number)", in: store) } }
        store.insertAudit(sampleRecord)
        async let closed = onThread { Result { try store.close() } }
        try lock.release()
        try await closed.get()
        for task in tasks { #expect(await task.value == nil) }
        #expect(await insertion("late", in: store) == .unavailable(reason: "the store is closed"))
        store.insertAudit(sampleRecord)
        let foreign = try ForeignConnection(folder.file())
        #expect(try foreign.count("accounts") == 300)
        #expect(try foreign.count("audit") == 1)
    }

    @Test("Closing while another holds the lock ends as busy for those that wait, and still closes")
    func closingWhileLocked() async throws {
        let lock = try ForeignConnection.lock(folder.file())
        let tasks = (0..<3).map { number in Task.immediate { await insertion("user\(number)", in: store) } }
        let closed = await onThread { [store] in Result { try store.close() } }
        try closed.get()
        for task in tasks { #expect(await task.value == .busy) }
        try lock.release()
        #expect(try lock.count("accounts") == 0)
    }

    @Test("Writes for which nobody waits are bounded, and those too many are counted")
    func bounded() async throws {
        let lock = try ForeignConnection.lock(folder.file())
        for _ in 0..<1_500 { store.insertAudit(sampleRecord) }
        #expect(store.writeCounters.dropped == 476)
        // Those with somebody waiting are not bounded by them.
        let task = Task.immediate { await insertion("vicky", in: store) }
        try lock.release()
        #expect(await task.value == nil)
        #expect(try lock.count("audit") == 1_024)
        for _ in 0..<1_024 { store.insertAudit(sampleRecord) }
        #expect(store.writeCounters.dropped == 476)
    }

    @Test("While another holds the lock and writes keep coming, commands still get their turn", .timeLimit(.minutes(1)))
    func commandAmongOthers() async throws {
        let lock = try ForeignConnection.lock(folder.file())
        // Some stand in the queue whose patience lasts longer than that of the first one.
        let traffic = Traffic()
        async let flow: Void = onThread { [store] in
            while !traffic.isOver.load(ordering: .relaxed) {
                store.insertAudit(sampleRecord)
                traffic.writes.add(1, ordering: .relaxed)
                usleep(1_000)
            }
        }
        while traffic.writes.load(ordering: .relaxed) < 10 { await Task.yield() }
        let diagnosis = await onThread { [store] in Result { try store.findDiagnosis() } }
        #expect(try diagnosis.get().schemaVersion == Schema.migrations.count)
        traffic.isOver.store(true, ordering: .relaxed)
        await flow
        try lock.release()
    }

    /// Something that SQLite does with the account named `bad`.
    private func refuse(doing statement: String) throws {
        try ForeignConnection(folder.file()).execute(
            """
            CREATE TRIGGER refusal AFTER INSERT ON accounts WHEN NEW.canonical = 'bad'
            BEGIN \(statement); END
            """)
    }

    /// Adds accounts that are all in the queue before the first one begins.
    private func together(_ names: [String], in store: Store) async throws -> [StorageError?] {
        let lock = try ForeignConnection.lock(folder.file())
        let tasks = names.map { name in Task.immediate { await insertion(name, in: store) } }
        try lock.release()
        var outcomes: [StorageError?] = []
        for task in tasks { outcomes.append(await task.value) }
        return outcomes
    }

    private func names() throws -> [String] {
        try store.findAccounts(limit: 1_000).map(\.canonicalUsername)
    }
}

private let sampleRecord = AuditRecord(unixSeconds: start, event: "login", result: "ok")

private func insertion(_ name: String, in store: Store, audit: AuditRecord? = nil) async -> StorageError? {
    await outcome {
        try await store.insertAccount(sampleAccount(name), audit: audit)
    }.failure
}

/// Writes that go on until somebody says so.
private final class Traffic: Sendable {
    let isOver = Atomic(false)
    let writes = Atomic(0)
}
