internal import JWT

extension KeyRing {
    /// A key as the operator may see it.
    package func status(of key: RingKey, at now: Int64) -> SigningKeyStatus {
        let end = verifiesUntil(key)
        let phase: SigningKeyStatus.Phase =
            if let end, end <= now {
                .expired
            } else if signer(at: now)?.keyID == key.keyID {
                .signing
            } else if maySign(key, after: now) {
                .published
            } else {
                .retired
            }
        return SigningKeyStatus(
            id: key.keyID, algorithm: key.key.algorithm.rawValue, phase: phase,
            createdUnixSeconds: key.createdUnixSeconds, signsFromUnixSeconds: key.signsFromUnixSeconds,
            verifiesUntilUnixSeconds: end)
    }
}
