/// A password on its way to a new hash: the job to compute and what its digest becomes.
struct Hashing: Sendable {
    let job: BcryptJob
    private let scheme: BcryptScheme

    init(_ password: borrowing Span<UInt8>, cost: BcryptCost, salt: [16 of UInt8]) throws(BcryptError) {
        try Bcrypt.checkLength(password)
        scheme = BcryptScheme(writingFor: password)
        let key = BcryptKey.bytes(of: password, scheme: scheme, salt: salt)
        job = BcryptJob(cost: cost.value, salt: salt, key: key)
    }

    func hash(with digest: [23 of UInt8]) -> BcryptHash {
        BcryptHash(scheme: scheme, cost: job.cost, salt: job.salt, digest: digest)
    }
}
