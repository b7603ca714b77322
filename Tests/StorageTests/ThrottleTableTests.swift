import Storage
import TestSupport
import Testing

/// The table of failures bounds itself, whatever names and addresses somebody makes up.
@Suite struct ThrottleTableTests {
    private static let rows = 500
    private static let limits = ThrottleLimits(
        perAccountAddress: 10, perAccount: 10, perAddress: 200, registrations: 100, firstWaitSeconds: 30,
        longestWaitSeconds: 3_600, memorySeconds: 86_400)

    private let folder: TemporaryFolder
    private let store: Store
    private let foreign: ForeignConnection

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), options: StoreOptions(throttleRows: Self.rows), logger: silent)
        foreign = try ForeignConnection(folder.file())
    }

    @Test(.promise(26)) func `Beyond its limit those rows go that would expire first`() async throws {
        var most = 0
        // The limit is looked at every 1,024 writes.
        for first in stride(from: 0, to: 2_048, by: 64) {
            try await withThrowingTaskGroup { group in
                for number in first..<first + 64 {
                    group.addTask { try await attempt(number, now: start + Int64(number)) }
                }
                try await group.waitForAll()
            }
            most = max(most, try foreign.count("throttle"))
        }
        #expect(try foreign.count("throttle") == Self.rows)
        #expect(most < Self.rows + 1_024)
        // The last ones are there still, the first ones begin anew.
        for (number, isKept) in [(2_047, true), (2_048 - Self.rows, true), (0, false)] {
            for _ in 0..<9 { try await attempt(number, now: start + 2_048) }
            let outcome = try await store.reserveAttempt(keys(number), limits: Self.limits, now: start + 2_048)
            if case .throttled = outcome { #expect(isKept) } else { #expect(!isKept) }
        }
    }

    @Test func `Rows that have expired go with the next writes, without any limit`() async throws {
        for number in 0..<400 { try await attempt(number, now: start) }
        let later = start + Self.limits.memorySeconds
        for number in 400..<600 { try await attempt(number, now: later) }
        #expect(try foreign.count("throttle") == 200)
    }

    /// One that failed, by somebody whose address is known, so that it is a row of its own.
    private func attempt(_ number: Int, now: Int64) async throws {
        let outcome = try await store.reserveAttempt(keys(number), limits: Self.limits, now: now)
        guard case .reserved(let attempt) = outcome else { throw Refused() }
        store.endAttempt(attempt)
    }

    private func keys(_ number: Int) -> AttemptKeys {
        let digest = (0..<16).map { UInt8(truncatingIfNeeded: number >> (8 * $0 % 32)) ^ UInt8($0) }
        return AttemptKeys(account: ThrottleKey(digest: digest), accountAddress: nil, address: nil)
    }

    private struct Refused: Error {}
}
