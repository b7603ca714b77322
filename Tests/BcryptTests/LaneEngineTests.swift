import Bcrypt
import Cryptography
import Testing

@Suite("Lane engine", .timeLimit(.minutes(5)))
struct LaneEngineTests {
    private let clock = TestClock()

    /// Cost 10 takes 1,024 rounds; the nominal pace of one lane is 47 µs a round.
    private let nominal = Duration.microseconds(1024 * 47)

    private func job(cost: Int = 10) -> BcryptJob {
        BcryptJob(cost: cost, salt: [16 of UInt8](repeating: 7), key: SecretBytes(copying: [1, 0].span))
    }

    private func engine(
        threads: Int = 1, lanes: Int = 6, isStarted: Bool = true,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) -> LaneEngine {
        var settings = LaneSettings(threads: threads)
        settings.lanesPerThread = lanes
        settings.now = now
        return LaneEngine(settings, isStarted: isStarted)
    }

    @Test("A job whose wait would pass its limit is refused at once, with the time after which it would not be")
    func refusal() async throws {
        let engine = self.engine(lanes: 1, isStarted: false, now: clock.now)
        let limit = nominal * 3
        let admitted = (0..<3).map { _ in Task { try await engine.digest(of: job(), within: limit) } }
        await wait { engine.waitingCount == 3 }
        await #expect(throws: BcryptError.overloaded(retryAfter: nominal)) {
            try await engine.digest(of: job(), within: limit)
        }
        await #expect(throws: BcryptError.overloaded(retryAfter: nominal * 5)) {
            try await engine.digest(of: job(cost: 12), within: nominal * 2)
        }
        let patient = Task { try await engine.digest(of: job(), within: nominal * 4) }
        await wait { engine.waitingCount == 4 }
        engine.stop()
        for task in admitted + [patient] { #expect(await task.result.failure == .stopped) }
    }

    @Test("An idle engine takes a job that seems too slow, and learns; a second one is refused")
    func idle() async {
        let engine = self.engine(lanes: 1, isStarted: false, now: clock.now)
        let first = Task { try await engine.digest(of: job(), within: nominal / 2) }
        await wait { engine.waitingCount == 1 }
        await #expect(throws: BcryptError.overloaded(retryAfter: nominal * 3 / 2)) {
            try await engine.digest(of: job(), within: nominal / 2)
        }
        engine.start()
        #expect(await first.result.failure == nil)
    }

    @Test("Cancelling the awaiting task takes a waiting job away")
    func cancellation() async {
        let engine = self.engine(isStarted: false)
        let task = Task { try await engine.digest(of: job(), within: .seconds(60)) }
        let other = Task { try await engine.digest(of: job(cost: 4), within: .seconds(60)) }
        await wait { engine.waitingCount == 2 }
        task.cancel()
        #expect(await task.result.failure == .cancelled)
        #expect(engine.waitingCount == 1)
        // 16 rounds over six lanes, which nominally take 92 µs a round.
        #expect(engine.backlog == .microseconds(16 / 6 * 92))
        engine.start()
        #expect(await other.result.failure == nil)
    }

    @Test("A task that is already cancelled starts nothing")
    func cancelledBefore() async {
        let engine = self.engine(isStarted: false)
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await engine.digest(of: job(), within: .seconds(60))
        }
        #expect(await task.result.failure == .cancelled)
        #expect(engine.waitingCount == 0)
    }

    @Test("Cancelling gives up a job that has begun; its neighbour goes on")
    func cancellationWhileRunning() async {
        let engine = self.engine()
        let endless = Task { try await engine.digest(of: job(cost: 31), within: .seconds(1_000_000_000)) }
        await wait { engine.runningCount == 1 }
        let neighbour = Task { try await engine.digest(of: job(cost: 5), within: .seconds(1_000_000_000)) }
        #expect(await neighbour.result.failure == nil)
        endless.cancel()
        #expect(await endless.result.failure == .cancelled)
        #expect(engine.runningCount == 0)
        #expect(engine.backlog == .zero)
    }

    @Test("A waiting job that its deadline overtakes fails as overloaded")
    func deadlineWhileWaiting() async {
        let engine = self.engine(isStarted: false, now: clock.now)
        let task = Task { try await engine.digest(of: job(), within: .seconds(10)) }
        let patient = Task { try await engine.digest(of: job(cost: 4), within: .seconds(1000)) }
        await wait { engine.waitingCount == 2 }
        clock.advance(by: .seconds(10))
        engine.start()
        #expect(await task.result.failure?.isOverloaded == true)
        #expect(await patient.result.failure == nil)
        #expect(engine.backlog == .zero)
    }

    @Test("A running job that its deadline overtakes fails as overloaded")
    func deadlineWhileRunning() async {
        // The clock is read when the job comes, when it begins, and after its first slice.
        let engine = self.engine(isStarted: false, now: TestClock(jumpAt: 3).now)
        let task = Task { try await engine.digest(of: job(cost: 16), within: .seconds(1800)) }
        await wait { engine.waitingCount == 1 }
        engine.start()
        #expect(await task.result.failure?.isOverloaded == true)
    }

    @Test("After the stop every job fails")
    func stopped() async {
        let engine = self.engine(threads: 2)
        let running = Task { try await engine.digest(of: job(cost: 31), within: .seconds(1_000_000_000)) }
        await wait { engine.runningCount == 1 }
        engine.stop()
        #expect(await running.result.failure == .stopped)
        await #expect(throws: BcryptError.stopped) { try await engine.digest(of: job(), within: .seconds(60)) }
    }

    @Test("The awaiting task resumes on its preferred executor")
    func executor() async throws {
        let executor = QueueExecutor()
        let hasher = BcryptHasher(threads: 1)
        try await Task(executorPreference: executor) {
            #expect(executor.isCurrent)
            let hash = try await hasher.hash([1].span, cost: BcryptCost(insecure: 4))
            #expect(executor.isCurrent)
            _ = try await hasher.verify([1].span, against: hash)
            #expect(executor.isCurrent)
        }.value
        // Started, and resumed after each of the two: no hop besides.
        #expect(executor.enqueuedCount == 3)
    }

    private func wait(until condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }
}

extension Result {
    fileprivate var failure: BcryptError? {
        guard case .failure(let error) = self else { return nil }
        return error as? BcryptError
    }
}

extension BcryptError {
    fileprivate var isOverloaded: Bool {
        guard case .overloaded = self else { return false }
        return true
    }
}
