internal import Cryptography

/// A password on its way to a comparison with a hash: the job to compute and what its digest says.
struct Verification: Sendable {
    let job: BcryptJob
    private let hash: BcryptHash
    private let isDistinct: Bool

    init(
        _ password: borrowing Span<UInt8>, against hash: BcryptHash, paddedTo paddedCost: BcryptCost? = nil,
        costLimit: Int
    ) throws(BcryptError) {
        try Bcrypt.checkLength(password)
        guard hash.cost <= costLimit else { throw .costAboveLimit(cost: hash.cost, limit: costLimit) }
        self.hash = hash
        isDistinct = BcryptKey.isDistinct(password, scheme: hash.scheme)
        let key = BcryptKey.bytes(of: password, scheme: hash.scheme, salt: hash.salt)
        let isAltered = hash.scheme == .bcrypt2a && key.withSpan { key in BcryptKey.needsSafetyMeasure(key) }
        job = BcryptJob(
            cost: hash.cost, paddedCost: paddedCost?.value, salt: hash.salt, key: key, isAltered: isAltered)
    }

    /// The digest is compared even where the password cannot be the one: the same work in either case.
    func isMatch(_ digest: [23 of UInt8]) -> Bool {
        let isEqual = hash.matches(digest)
        return isDistinct && isEqual
    }
}
