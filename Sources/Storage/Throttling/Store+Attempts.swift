internal import GRDB

extension Store {
    /// Asks whether a password may be tried, and counts it as a failure in the same write: whatever many do at once, in any
    /// number of processes, no more are tried than the limits allow.
    package nonisolated(nonsending) func reserveAttempt(
        _ keys: AttemptKeys, limits: ThrottleLimits, now: Int64
    ) async throws(StorageError) -> AttemptOutcome {
        try await writer.write { [upkeep, attempts] db in
            var account = try ThrottleCount.find(keys.account, db) ?? ThrottleCount()
            if account.forget(at: now, limits: limits) { try account.save(keys.account, of: keys, limits, db) }
            var pair = try keys.accountAddress.map { try ThrottleCount.find($0, db) ?? ThrottleCount() }
            if pair?.forget(at: now, limits: limits) == true, let key = keys.accountAddress {
                try pair?.save(key, of: keys, limits, db)
            }
            var address = try keys.address.map { try AddressBudget($0, limit: limits.perAddress, now: now, db) }
            if let key = keys.address, address?.isCorrected == true { try address?.save(key, now: now, db) }

            var refusals: [(key: ThrottleKey, wait: Int64)] = []
            func check(_ key: ThrottleKey?, _ wait: Int64?) {
                if let key, let wait, wait > 0 { refusals.append((key, wait)) }
            }
            check(
                keys.accountAddress,
                pair?.wait(
                    at: now, limit: limits.perAccountAddress, first: limits.firstWaitSeconds,
                    longest: limits.longestWaitSeconds))
            // What strangers do keeps nobody out from where they have logged in before.
            if pair?.isKnown(at: now) != true {
                let longest = limits.longestWaitSeconds
                check(keys.account, account.wait(at: now, limit: limits.perAccount, first: longest, longest: longest))
            }
            check(keys.address, address?.wait(at: now))
            if let longest = refusals.max(by: { $0.wait < $1.wait }) {
                // Each of them may go away with a verdict that is still to come, or one of them will not.
                return refusals.allSatisfy { attempts.count($0.key) > 0 }
                    ? .waiting(for: longest.key) : .throttled(retryAfterSeconds: longest.wait)
            }

            (account.failures, account.time) = (account.failures + 1, now)
            try account.save(keys.account, of: keys, limits, db)
            if let key = keys.accountAddress, var pair {
                (pair.failures, pair.time) = (pair.failures + 1, now)
                try pair.save(key, of: keys, limits, db)
            }
            address?.take()
            if let key = keys.address { try address?.save(key, now: now, db) }
            try upkeep.deleteThrottle(db, now: now)
            return .reserved(ReservedAttempt(number: attempts.begin(keys.all), keys: keys, limits: limits))
        }
    }

    /// The password was right, and nothing else has to be written. Nobody waits for it.
    package func acceptAttempt(_ attempt: ReservedAttempt, now: Int64) {
        writer.enqueue { [attempts] db in try attempts.accept(attempt, now: now, db) }
        // Those who wait for it write after that. The write may be dropped, and nobody shall wait for ever.
        attempts.end(attempt.number)
    }

    /// Nothing was judged: the attempt does not count. Nobody waits for it.
    package func withdrawAttempt(_ attempt: ReservedAttempt, now: Int64) {
        writer.enqueue { [attempts] db in try attempts.withdraw(attempt, now: now, db) }
        attempts.end(attempt.number)
    }

    /// Whatever the verdict, it is there now. Where nothing else was said the attempt stays counted.
    package func endAttempt(_ attempt: ReservedAttempt) { attempts.end(attempt.number) }

    /// Returns when something about attempts under this key has been decided.
    package nonisolated(nonsending) func waitForAttempt(of key: ThrottleKey) async { await attempts.wait(for: key) }

    /// Counts a registration of an address.
    ///
    /// - Returns: how many seconds it has to wait instead; `nil` where it may register.
    package nonisolated(nonsending) func reserveRegistration(
        _ key: ThrottleKey, limits: ThrottleLimits, now: Int64
    ) async throws(StorageError) -> Int64? {
        try await writer.write { [upkeep] db in
            var budget = try AddressBudget(key, limit: limits.registrations, now: now, db)
            let wait = budget.wait(at: now)
            if budget.isCorrected { try budget.save(key, now: now, db) }
            guard wait == 0 else { return wait }
            budget.take()
            try budget.save(key, now: now, db)
            try upkeep.deleteThrottle(db, now: now)
            return nil
        }
    }

    /// Forgets the failures of an account, whatever the address.
    package nonisolated(nonsending) func clearAttempts(
        of account: ThrottleKey, audit: AuditRecord
    ) async throws(StorageError) {
        try await writer.write { [upkeep] db in
            try ThrottleCount.clear(account, db)
            try upkeep.insert(audit, db)
        }
    }
}

extension AttemptsInFlight {
    /// Resets what the account and its address have failed. Those that are still in flight stay counted.
    func accept(_ attempt: ReservedAttempt, now: Int64, _ db: Database) throws {
        end(attempt.number)
        for key in [attempt.keys.account, attempt.keys.accountAddress].compactMap(\.self) {
            var count = try ThrottleCount.find(key, db) ?? ThrottleCount(time: now)
            count.failures = min(count.failures, self.count(key))
            if key != attempt.keys.account { count.success = now }
            try count.save(key, of: attempt.keys, attempt.limits, db)
        }
        try giveBack(attempt, now: now, db)
    }

    func withdraw(_ attempt: ReservedAttempt, now: Int64, _ db: Database) throws {
        end(attempt.number)
        for key in [attempt.keys.account, attempt.keys.accountAddress].compactMap(\.self) {
            guard var count = try ThrottleCount.find(key, db) else { continue }
            count.failures = max(0, count.failures - 1)
            try count.save(key, of: attempt.keys, attempt.limits, db)
        }
        try giveBack(attempt, now: now, db)
    }

    private func giveBack(_ attempt: ReservedAttempt, now: Int64, _ db: Database) throws {
        guard let key = attempt.keys.address else { return }
        var budget = try AddressBudget(key, limit: attempt.limits.perAddress, now: now, db)
        budget.giveBack()
        try budget.save(key, now: now, db)
    }
}
