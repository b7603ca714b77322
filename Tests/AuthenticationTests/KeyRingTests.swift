import Authentication
import JWT
import Testing

@Suite("The key ring")
struct KeyRingTests {
    private static let keys = (0..<5).map { _ in SigningKey.generate(.es256) }

    private func key(
        _ index: Int, signsFrom: Int64, retired: Int64? = nil, lifetime: Int64 = 100, created: Int64 = 0
    ) -> RingKey {
        RingKey(
            key: Self.keys[index], createdUnixSeconds: created, signsFromUnixSeconds: signsFrom,
            retiredUnixSeconds: retired, longestLifetimeSeconds: lifetime)
    }

    @Test("A key is published, signs, verifies what it signed, and is gone")
    func life() {
        let ring = KeyRing([key(1, signsFrom: 1_000), key(0, signsFrom: 0)])
        func signer(_ now: Int64) -> Int? { Self.keys.firstIndex { $0.keyID == ring.signer(at: now)?.keyID } }
        func verifiers(_ now: Int64) -> [Int] {
            ring.verifiers(at: now).compactMap { key in Self.keys.firstIndex { $0.keyID == key.keyID } }
        }
        #expect(signer(-1) == nil)
        #expect([0, 999].map(signer) == [0, 0])
        #expect([1_000, 5_000].map(signer) == [1, 1])
        #expect([0, 999, 1_000, 1_159].map(verifiers) == [[0, 1], [0, 1], [0, 1], [0, 1]])
        #expect([1_160, 9_000].map(verifiers) == [[1], [1]])
        #expect([0, 1_000, 1_159, 1_160].map(ring.nextChange) == [1_000, 1_160, 1_160, .max])
        #expect(ring.verifiesUntil(ring.keys[0]) == 1_160)
        #expect(ring.verifiesUntil(ring.keys[1]) == nil)
        #expect(
            [0, 1_000, 1_160].map { ring.status(of: ring.keys[0], at: $0).phase } == [.signing, .retired, .expired])
        #expect([0, 1_000].map { ring.status(of: ring.keys[1], at: $0).phase } == [.published, .signing])
    }

    @Test("A retired key signs nothing, and verifies what it signed")
    func retired() {
        let ring = KeyRing([key(0, signsFrom: 0, retired: 500)])
        #expect(ring.signer(at: 499) != nil)
        #expect(ring.signer(at: 500) == nil)
        #expect(ring.verifiers(at: 659).count == 1)
        #expect(ring.verifiers(at: 660).isEmpty)
        #expect(ring.newest == nil)
    }

    @Test("A key that was retired before its time leaves the one before it in its place")
    func neverSigned() {
        let ring = KeyRing([key(0, signsFrom: 0), key(1, signsFrom: 1_000, retired: 900)])
        #expect(ring.signer(at: 2_000)?.keyID == Self.keys[0].keyID)
        #expect(ring.verifiers(at: 2_000).map(\.keyID) == [Self.keys[0].keyID])
    }

    @Test("Of two keys of one second all processes choose the same, whatever the order of the rows")
    func ties() {
        let keys = [key(0, signsFrom: 10), key(1, signsFrom: 10), key(2, signsFrom: 10, created: 1)]
        #expect(KeyRing(keys).signer(at: 10)?.keyID == Self.keys[2].keyID)
        #expect(KeyRing(keys.reversed()).signer(at: 10)?.keyID == Self.keys[2].keyID)
        let pair = KeyRing(Array(keys[..<2])).signer(at: 10)?.keyID
        #expect(KeyRing(keys[..<2].reversed()).signer(at: 10)?.keyID == pair)
    }

    @Test("Nothing traps at the ends of time")
    func ends() {
        let ring = KeyRing([key(0, signsFrom: .min), key(1, signsFrom: .max, lifetime: .max - 100)])
        #expect(ring.verifiesUntil(ring.keys[0]) == .max)
        #expect(ring.signer(at: .max)?.keyID == Self.keys[1].keyID)
        #expect(ring.nextChange(after: 0) == .max)
    }

    @Test(
        "Whatever is planned, a token is good until it expires, and its key is known before it signs",
        arguments: 0..<50 as Range<UInt64>)
    func everyTokenLasts(seed: UInt64) {
        var generator = Generator(state: seed)
        let keys = (0..<5).map { index in
            let signsFrom = index == 0 ? 0 : Int64.random(in: 1...1_000, using: &generator)
            let isRetired = index > 0 && Bool.random(using: &generator)
            return key(
                index, signsFrom: signsFrom,
                retired: isRetired ? Int64.random(in: 0...1_500, using: &generator) : nil,
                lifetime: Int64.random(in: 1...300, using: &generator))
        }
        let ring = KeyRing(keys)
        var faults: [Int64] = []
        for now in Int64(0)..<2_000 {
            guard let signer = ring.signer(at: now) else { continue }
            for later in stride(from: now, to: now + signer.longestLifetimeSeconds, by: 17)
            where !ring.verifiers(at: later).contains(where: { $0.keyID == signer.keyID }) {
                faults.append(now)
            }
            // Nothing changes before the time that was told.
            let next = min(ring.nextChange(after: now), 2_000)
            for between in stride(from: now, to: next, by: 13)
            where ring.signer(at: between)?.keyID != signer.keyID
                || ring.verifiers(at: between).map(\.keyID) != ring.verifiers(at: now).map(\.keyID)
            {
                faults.append(now)
            }
        }
        #expect(faults == [])
    }
}

/// SplitMix64: the same numbers in every run.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
