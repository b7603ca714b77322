internal import Dispatch
internal import Logging
internal import Storage
internal import Threading

/// Hashes passwords anew, after the logins that proved them, where the stored hash is of an older kind or a lower cost.
///
/// One at a time, so that of all lanes at most one is not there for logins; a few may wait, the rest is dropped and
/// comes with a later login. Nothing depends on an upgrade: until it is written the old hash is there and good.
final class PasswordUpgrades: Sendable {
    /// The upgrade under way and those that wait for it, and so how many passwords are kept in memory.
    static let maximumCount = 8

    private struct State {
        /// The first is under way.
        var upgrades: [PasswordUpgrade] = []
        var task: Task<Void, Never>?
        var isStopped = false
    }

    private let store: Store
    private let passwords: PasswordHashing
    private let logger: Logger
    private let queue = UpgradeQueue()
    private let state = Locked(State())

    /// Entered while the task is there.
    private let underWay = DispatchGroup()

    init(store: Store, passwords: PasswordHashing, logger: Logger) {
        self.store = store
        self.passwords = passwords
        self.logger = logger
    }

    /// Takes an upgrade to do it later, or drops it: where too many wait, the account has one already, or all is stopping.
    func append(_ upgrade: PasswordUpgrade) {
        let isTaken = state.withLock { state in
            guard !state.isStopped, state.upgrades.count < Self.maximumCount,
                !state.upgrades.contains(where: { $0.account == upgrade.account })
            else { return false }
            state.upgrades.append(upgrade)
            if state.task == nil {
                underWay.enter()
                state.task = Task(executorPreference: queue) { [self] in
                    await work()
                    underWay.leave()
                }
            }
            return true
        }
        if !isTaken { log(.debug, "a password hash is upgraded at a later login", upgrade) }
    }

    /// Blocks until all that was taken is done.
    func finish() {
        underWay.wait()
    }

    /// Gives up what waits and what is being hashed, lets a write that has begun end, and blocks until then.
    func stop() {
        let task = state.withLock { state in
            state.isStopped = true
            state.upgrades.removeAll()
            return state.task
        }
        task?.cancel()
        underWay.wait()
    }

    private func work() async {
        while let upgrade = first() {
            await perform(upgrade)
            state.withLock { state in
                if !state.isStopped { state.upgrades.removeFirst() }
            }
        }
    }

    /// What is next; where nothing is, the task has ended for all who look from now on.
    private func first() -> PasswordUpgrade? {
        state.withLock { state in
            if state.upgrades.isEmpty { state.task = nil }
            return state.upgrades.first
        }
    }

    private nonisolated(nonsending) func perform(_ upgrade: PasswordUpgrade) async {
        do throws(AuthError) {
            let hash = try await passwords.hash(upgrade.password)
            if try await replace(upgrade, by: hash) { log(.info, "password hash upgraded", upgrade) }
        } catch {
            if error.isPassing {
                log(.debug, "a password hash is upgraded at a later login", upgrade)
            } else {
                log(.warning, "a password hash could not be upgraded", upgrade, cause: error.cause ?? error.code)
            }
        }
    }

    private nonisolated(nonsending) func replace(
        _ upgrade: PasswordUpgrade, by hash: String
    ) async throws(AuthError) -> Bool {
        do throws(StorageError) {
            return try await store.replacePasswordHash(id: upgrade.account, from: upgrade.verifiedHash, to: hash)
        } catch {
            throw AuthError(error)
        }
    }

    private func log(
        _ level: Logger.Level, _ message: Logger.Message, _ upgrade: PasswordUpgrade, cause: String? = nil
    ) {
        var metadata: Logger.Metadata = ["account": "\(upgrade.account)"]
        if let cause { metadata["cause"] = "\(cause)" }
        logger.log(level: level, message, metadata: metadata)
    }
}
