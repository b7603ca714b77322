package import Cryptography

/// One bcrypt to compute: all that a hasher needs to know, in this process or another.
package struct BcryptJob: Sendable {
    /// The logarithm to base two of the rounds.
    package let cost: Int

    /// The cost up to which the lane goes on, its result settled, so that a cheap hash takes as long as a dear one.
    package let paddedCost: Int

    /// The 16 bytes of the hash string.
    package let salt: [16 of UInt8]

    /// 1 to 72 bytes, with the NUL at the end of a shorter password.
    package let key: SecretBytes

    /// Whether crypt_blowfish's safety measure for `$2a$` alters the tables (``BcryptKey/needsSafetyMeasure(_:)``).
    package let isAltered: Bool

    package init(cost: Int, paddedCost: Int? = nil, salt: [16 of UInt8], key: SecretBytes, isAltered: Bool = false) {
        precondition(BcryptHash.costs.contains(cost) && (1...BcryptKey.maximumBytes).contains(key.count))
        self.cost = cost
        self.paddedCost = max(cost, paddedCost ?? cost)
        self.salt = salt
        self.key = key
        self.isAltered = isAltered
    }

    /// Repetitions of the two key schedules until the digest.
    package var rounds: Int { 1 << cost }

    /// Repetitions until the lane is free.
    package var totalRounds: Int { 1 << paddedCost }

    /// Computes the digest alone, on this thread.
    func digest() -> [23 of UInt8] {
        let block = LaneBlock(count: 1)
        key.withSpan { key in block.begin(0, salt: salt, key: key, isAltered: isAltered) }
        block.run(lanes: 1, rounds: rounds)
        return block.digest(0)
    }
}
