internal import JWT
internal import Storage
internal import Threading

/// The keys of access tokens as they are at this moment.
///
/// Readers take one reference under a short lock. A key's time comes with the clock alone; what other processes do to the stored keys
/// comes with ``update(_:ring:reading:)``.
final class TokenKeys: Sendable {
    /// What signs.
    enum Mode: Sendable {
        /// A secret from outside, which alone is accepted; nothing is published.
        case secret(SigningKey)
        /// The database's keys; a secret from outside may verify what it signed before.
        case stored(former: SigningKey?)
    }

    private struct State {
        /// As they were read.
        var rows: [StoredSigningKey]
        var ring: KeyRing
        var current: TokenKeySnapshot
        /// Of the last reading that was begun, and of the last that was taken over.
        var begunReading = 0
        var takenReading = 0
    }

    let mode: Mode
    private let names: TokenNames
    private let state: Locked<State>

    /// - Throws: where no key could sign, or two have one name.
    init(_ mode: Mode, rows: [StoredSigningKey], ring: KeyRing, names: TokenNames) throws(JWTError) {
        self.mode = mode
        self.names = names
        let now = names.clock().seconds
        let current = try Self.snapshot(mode, ring, names, at: now, previous: nil)
        state = Locked(State(rows: rows, ring: ring, current: current))
    }

    /// What is good now.
    var current: TokenKeySnapshot {
        let now = names.clock().seconds
        return state.withLock { state in
            if now >= state.current.changesAtUnixSeconds {
                // What was possible before stays possible: the keys are the same.
                if let next = try? Self.snapshot(mode, state.ring, names, at: now, previous: state.current) {
                    state.current = next
                }
            }
            return state.current
        }
    }

    /// All stored keys.
    var ring: KeyRing { state.withLock { $0.ring } }

    /// The longest lifetime of any token that may be about.
    var longestLifetimeSeconds: Int64 {
        state.withLock { state in
            state.ring.keys.reduce(names.lifetime.components.seconds) { max($0, $1.longestLifetimeSeconds) }
        }
    }

    /// Numbers a reading of the table that is about to begin, so that of two at once the older is not taken for the newer.
    func beginReading() -> Int {
        state.withLock { state in
            state.begunReading += 1
            return state.begunReading
        }
    }

    /// Whether a reading says something that is not known yet.
    func isNews(_ rows: [StoredSigningKey], reading: Int) -> Bool {
        state.withLock { state in
            guard reading > state.takenReading else { return false }
            guard state.rows == rows else { return true }
            state.takenReading = reading
            return false
        }
    }

    /// Takes over what a reading says, unless a later one has been.
    func update(_ rows: [StoredSigningKey], ring: KeyRing, reading: Int) throws(JWTError) {
        let now = names.clock().seconds
        let outcome: Result<Void, JWTError> = state.withLock { state in
            guard reading > state.takenReading else { return .success(()) }
            do throws(JWTError) {
                state.current = try Self.snapshot(mode, ring, names, at: now, previous: state.current)
                state.ring = ring
                state.rows = rows
                state.takenReading = reading
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
    }

    private static func snapshot(
        _ mode: Mode, _ ring: KeyRing, _ names: TokenNames, at now: Int64, previous: TokenKeySnapshot?
    ) throws(JWTError) -> TokenKeySnapshot {
        switch mode {
        case .secret(let key):
            return try TokenKeySnapshot(
                signing: key, accepted: [key.verificationKey], published: [], changesAt: .max, previous: previous,
                names: names)
        case .stored(let former):
            // Where the last key was retired and the next is not there yet, the one before goes on: an answer is better than none.
            guard let signing = ring.signer(at: now)?.key ?? previous?.signingKey else { throw .noUsableKey }
            let verifiers = ring.verifiers(at: now).map(\.key.verificationKey)
            return try TokenKeySnapshot(
                signing: signing, accepted: (former.map { [$0.verificationKey] } ?? []) + verifiers,
                published: verifiers, changesAt: ring.nextChange(after: now), previous: previous, names: names)
        }
    }
}
