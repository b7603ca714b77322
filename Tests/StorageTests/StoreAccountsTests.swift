import Storage
import TestSupport
import Testing

@Suite("Accounts in the store")
struct StoreAccountsTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
    }

    @Test("A fresh database holds no account", .promise(20))
    func fresh() throws {
        #expect(try store.findAccounts(limit: 10) == [])
        #expect(try store.findAccount(canonicalUsername: "admin") == nil)
    }

    @Test("An account is found by name and by id with every field as it was")
    func roundTrip() async throws {
        let account = sampleAccount("Vicky", roles: ["admin", "a:b_c-d"], state: .disabled)
        try await store.insertAccount(account)
        #expect(try store.findAccount(canonicalUsername: "vicky") == account)
        #expect(try store.findAccount(id: account.id) == account)
        #expect(try store.findAccount(id: .random()) == nil)
    }

    @Test(
        "Only the whole canonical name finds an account; no character is a wildcard or a piece of SQL", .promise(86),
        arguments: [
            "a_c", "a%", "%", "_bc", "a*", "ABC", "abc ", "", "abc' OR '1'='1", "abc'; DROP TABLE accounts; --",
        ])
    func noWildcards(name: String) async throws {
        try await store.insertAccount(sampleAccount("abc"))
        #expect(try store.findAccount(canonicalUsername: name) == nil)
        #expect(try store.findAccount(canonicalUsername: "abc") != nil)
    }

    @Test(
        "A search is for the beginning of a name; no character is a wildcard", .promise(86),
        arguments: [("a", 3), ("ab", 1), ("a_", 1), ("a%", 1), ("_", 0), ("%", 0), ("a*", 0), ("A", 0), ("", 3)])
    func search(prefix: String, count: Int) async throws {
        for name in ["abc", "a_c", "a%c"] { try await store.insertAccount(sampleAccount(name)) }
        let found = try store.findAccounts(matching: prefix, limit: 10)
        #expect(found.count == count)
        #expect(found.allSatisfy { $0.canonicalUsername.hasPrefix(prefix) })
    }

    @Test(
        "Hostile names come back byte for byte", .promise(86),
        arguments: ["' OR 1=1 --", "\u{1F600}", "﷽", "a\u{202E}b", "\"", "x'00'", "e\u{301}", "é", "Ω≈ç√∫˜µ≤"])
    func hostileNames(name: String) async throws {
        let account = Account(
            id: .random(), username: name, canonicalUsername: name, passwordHash: "h", createdUnixSeconds: 0,
            updatedUnixSeconds: 0)
        try await store.insertAccount(account)
        let found = try #require(try store.findAccount(canonicalUsername: name))
        #expect(Array(found.username.utf8) == Array(name.utf8))
    }

    @Test("A taken name is refused and the first account stays as it was")
    func conflict() async throws {
        let first = sampleAccount()
        try await store.insertAccount(first)
        await #expect(throws: StorageError.usernameTaken) { try await store.insertAccount(sampleAccount()) }
        #expect(try store.findAccount(canonicalUsername: "vicky") == first)
        try await store.insertAccount(sampleAccount("other"))
    }

    @Test("Of 100 inserts of one name at once exactly one succeeds", .promise(19))
    func concurrentInserts() async throws {
        let outcomes = await withTaskGroup(of: StorageError?.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    do throws(StorageError) {
                        try await store.insertAccount(sampleAccount())
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .usernameTaken } == 99)
        #expect(try store.findAccounts(limit: 10).count == 1)
    }

    @Test("Pages follow one another in the order of the names, with nothing left out or twice")
    func pages() async throws {
        let names = (0..<23).map { "user\($0 + 10)" }
        for name in names.shuffled() { try await store.insertAccount(sampleAccount(name)) }
        var seen: [String] = []
        while true {
            let page = try store.findAccounts(afterCanonicalUsername: seen.last, limit: 10)
            seen += page.map(\.canonicalUsername)
            if page.count < 10 { break }
        }
        #expect(seen == names)
    }

    @Test("A hash is replaced only where the stored one is the known one, and nothing else with it")
    func replacePasswordHash() async throws {
        let account = sampleAccount()
        try await store.insertAccount(account)
        try await store.insertAccount(sampleAccount("other"))
        for known in ["", "hash of other", "Hash of vicky", "hash of vick_", "hash of vicky "] {
            #expect(try await !store.replacePasswordHash(id: account.id, from: known, to: "new"))
        }
        #expect(try await !store.replacePasswordHash(id: .random(), from: "hash of vicky", to: "new"))
        #expect(try store.findAccount(id: account.id) == account)
        #expect(try await store.replacePasswordHash(id: account.id, from: "hash of vicky", to: "new"))
        let expected = Account(
            id: account.id, username: account.username, canonicalUsername: account.canonicalUsername,
            passwordHash: "new", createdUnixSeconds: account.createdUnixSeconds,
            updatedUnixSeconds: account.updatedUnixSeconds)
        #expect(try store.findAccount(id: account.id) == expected)
        #expect(try store.findAccount(canonicalUsername: "other")?.passwordHash == "hash of other")
        #expect(try await !store.replacePasswordHash(id: account.id, from: "hash of vicky", to: "newer"))
    }

    @Test("Changing an account that is not there is told")
    func missing() async throws {
        await #expect(throws: StorageError.accountMissing) {
            _ = try await store.updatePassword(.random(), to: "new", ending: .all, limits: sampleLimits, now: 0)
        }
        await #expect(throws: StorageError.accountMissing) {
            _ = try await store.updateState(.random(), to: .disabled, limits: sampleLimits, now: 0)
        }
    }

    @Test("An account is disabled and enabled again")
    func state() async throws {
        let account = sampleAccount()
        try await store.insertAccount(account)
        _ = try await store.updateState(account.id, to: .disabled, limits: sampleLimits, now: 1)
        #expect(try store.findAccount(id: account.id)?.state == .disabled)
        _ = try await store.updateState(account.id, to: .active, limits: sampleLimits, now: 2)
        #expect(try store.findAccount(id: account.id)?.state == .active)
    }

    @Test("Neither an account nor a key prints its secret")
    func redacted() {
        let account = sampleAccount("canary")
        var dumped = ""
        dump([account], to: &dumped)
        dump([sampleKey()], to: &dumped)
        let printed = "\(account) \(String(reflecting: account)) \(sampleKey()) \(String(reflecting: sampleKey()))"
        for text in [dumped, printed] {
            #expect(!text.contains("hash of"))
            #expect(!text.contains("canary"))
            #expect(!text.contains("254"))
        }
    }
}
