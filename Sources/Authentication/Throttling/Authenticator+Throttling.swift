internal import Storage

extension Authenticator {
    /// How long an attempt waits for the verdicts on others before it is told to come back.
    private static let verdictPatience = Duration.seconds(10)

    /// Verifies a password of an account, or of a name that no account has, as often as the limits allow.
    ///
    /// Every attempt is counted as a failure before anything is hashed.
    ///
    /// - Parameter password: `nil` for one that is no account's, which takes as long to find out.
    /// - Returns: the attempt where the password is right, for whoever writes its success down, and `nil` where nothing counts.
    /// - Throws: `refusal` where the password is wrong or the account not active; ``AuthError/throttled(retryAfter:)``; what
    ///   keeps us from serving.
    nonisolated(nonsending) func tryPassword(
        _ password: Password?, of name: String, _ account: Account?, orThrow refusal: AuthError, from client: Client
    ) async throws(AuthError) -> ReservedAttempt? {
        let attempt = try await reserveAttempt(of: name, from: client)
        do throws(AuthError) {
            let isRight = try await passwords.verify(password, against: account?.verifiableHash)
            guard isRight, account?.state == .active else { throw refusal }
            return attempt
        } catch {
            if let attempt { abandon(attempt, because: error) }
            throw error
        }
    }

    /// Ends an attempt that led to nothing. A verdict stays counted, and so does an attempt whose client went away: it may have
    /// been hashed.
    func abandon(_ attempt: ReservedAttempt, because error: AuthError) {
        if error.isVerdict || error == .cancelled {
            store.endAttempt(attempt)
        } else {
            store.withdrawAttempt(attempt, now: currentSeconds)
        }
    }

    /// Counts a registration of a client whose address is known.
    /// - Throws: ``AuthError/throttled(retryAfter:)``; what keeps us from serving.
    nonisolated(nonsending) func countRegistration(from client: Client) async throws(AuthError) {
        guard settings.isThrottling, let network = client.network else { return }
        let wait: Int64?
        do throws(StorageError) {
            wait = try await store.reserveRegistration(
                .registration(network), limits: throttleLimits, now: currentSeconds)
        } catch {
            throw AuthError(error)
        }
        if let wait { throw .throttled(retryAfter: .seconds(wait)) }
    }

    /// Forgets the wrong passwords of an account, so that its owner need not wait any longer.
    ///
    /// - Throws: ``AuthError/accountMissing``; what keeps us from serving.
    package nonisolated(nonsending) func unlock(
        id: String, by principal: Principal, from client: Client = .local
    ) async throws(AuthError) {
        let account = try findAccount(id: id)
        let record = audit.record(.accountUnlock, account: account.id, by: principal, from: client)
        do throws(StorageError) {
            try await store.clearAttempts(of: .account(account.username), audit: record)
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
    }

    private nonisolated(nonsending) func reserveAttempt(
        of name: String, from client: Client
    ) async throws(AuthError) -> ReservedAttempt? {
        guard settings.isThrottling else { return nil }
        let network = client.network
        let keys = AttemptKeys(
            account: .account(name), accountAddress: network.map { .accountAddress(name, $0) },
            address: network.map(ThrottleKey.address))
        let end = ContinuousClock.now + Self.verdictPatience
        while true {
            let outcome: AttemptOutcome
            do throws(StorageError) {
                outcome = try await store.reserveAttempt(keys, limits: throttleLimits, now: currentSeconds)
            } catch {
                throw AuthError(error)
            }
            switch outcome {
            case .reserved(let attempt): return attempt
            case .throttled(let seconds): throw .throttled(retryAfter: .seconds(seconds))
            case .waiting(let key):
                guard .now < end else { throw .overloaded(retryAfter: .seconds(1)) }
                await store.waitForAttempt(of: key)
            }
        }
    }

    private var throttleLimits: ThrottleLimits {
        ThrottleLimits(
            perAccountAddress: settings.throttlePerAccountAddress, perAccount: settings.throttlePerAccount,
            perAddress: settings.throttlePerAddress, registrations: settings.throttleRegistrations,
            firstWaitSeconds: settings.throttleFirstWait.components.seconds,
            longestWaitSeconds: settings.throttleLongestWait.components.seconds,
            memorySeconds: settings.throttleMemory.components.seconds)
    }
}
