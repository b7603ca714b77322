import Storage
import Testing

@Suite("Refreshing a session in the store")
struct StoreRefreshTests {
    let folder: TemporaryFolder
    let store: Store
    let account = sampleAccount()

    init() async throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
        try await store.insertAccount(account)
    }

    @Test("Each token is exchanged once, and the last one counts")
    func chain() async throws {
        let session = try await begin()
        for generation in 0..<20 {
            let now = start + Int64(generation)
            guard case .rotated(let rotated, let holder) = try await rotate(session, generation, now: now) else {
                Issue.record("generation \(generation) was not rotated")
                return
            }
            #expect(rotated.generation == Int64(generation + 1))
            #expect(rotated.tokenHash == sampleHash(generation + 1))
            #expect(rotated.lastUsedUnixSeconds == now)
            #expect(holder == account)
            #expect(try store.findSession(session.id) == rotated)
        }
        #expect(try store.findSession(session.id)?.rotations.count == 16)
    }

    func begin() async throws -> Session {
        let session = sampleSession(of: account)
        _ = try await store.insertSession(session, passwordVersion: 0, limits: sampleLimits, now: start)
        return session
    }

    func rotate(_ session: Session, _ generation: Int, now: Int64) async throws -> RefreshOutcome {
        try await store.rotateRefreshToken(
            session: session.id, generation: Int64(generation), presented: sampleHash(generation),
            successor: sampleHash(generation + 1), limits: sampleLimits, now: now)
    }
}
