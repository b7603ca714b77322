internal import Cryptography
package import JWT
internal import Storage

extension Authenticator {
    /// An immediate rotation waits until every process has noticed the key: with whole seconds two are at least one.
    private static let noticeSeconds: Int64 = 2

    /// The stored keys in the order in which they take over from each other. A secret from outside is none of them.
    package func findKeys() throws(AuthError) -> [SigningKeyStatus] {
        do throws(StorageError) {
            try readKeys()
        } catch {
            throw AuthError(error)
        }
        let now = currentSeconds
        let ring = keys.ring
        return ring.keys.map { ring.status(of: $0, at: now) }
    }

    /// Makes a key that follows the one that signs.
    ///
    /// - Parameters:
    ///   - algorithm: `nil` for the one that signs now.
    ///   - immediately: as soon as every process can have noticed it, instead of after the lead time.
    /// - Throws: ``AuthError/keyUnusable(reason:)``; what keeps us from serving.
    @discardableResult
    package nonisolated(nonsending) func rotateKey(
        algorithm: SignatureAlgorithm? = nil, immediately: Bool = false, by principal: Principal = .operator,
        from client: Client = .local
    ) async throws(AuthError) -> SigningKeyStatus {
        guard keys.mode.signsWithStoredKeys else {
            throw .keyUnusable(reason: "tokens are signed with the secret of the settings")
        }
        let algorithm = algorithm ?? signingKeys.algorithm(following: keys.ring)
        guard algorithm != .hs256 else { throw .keyUnusable(reason: "a secret for HS256 comes from outside") }
        return try await insert(
            .generate(algorithm), after: lead(immediately), as: .keyRotate, by: principal, from: client)
    }

    /// Takes a private key from elsewhere, which follows the one that signs.
    ///
    /// - Parameters:
    ///   - text: PEM or a private JWK; the caller wipes it.
    ///   - algorithm: what the key is for; needed where it does not say so itself.
    /// - Throws: ``AuthError/keyUnusable(reason:)``, ``AuthError/keyExists``; what keeps us from serving.
    @discardableResult
    package nonisolated(nonsending) func importKey(
        _ text: [UInt8], algorithm: SignatureAlgorithm? = nil, immediately: Bool = false,
        by principal: Principal = .operator, from client: Client = .local
    ) async throws(AuthError) -> SigningKeyStatus {
        let key: SigningKey
        do throws(JWTError) {
            if text.first(where: { $0 > UInt8(ascii: " ") }) == UInt8(ascii: "{") {
                key = try SigningKey(jwk: text.span, algorithm: algorithm)
            } else {
                key = try SigningKey(pem: text.span, algorithm: algorithm ?? .es256)
            }
        } catch {
            throw .keyUnusable(reason: error.code)
        }
        return try await insert(key, after: lead(immediately), as: .keyImport, by: principal, from: client)
    }

    /// A stored key pair as PEM (RFC 7468 §10), which the caller wipes: with it anybody can be whoever they like. It is not given out
    /// before the audit has it.
    ///
    /// - Throws: ``AuthError/keyMissing``; what keeps us from serving.
    package nonisolated(nonsending) func exportKey(
        _ kid: String, by principal: Principal = .operator, from client: Client = .local
    ) async throws(AuthError) -> [UInt8] {
        let key = try findKey(kid).key
        let record = audit.record(.keyExport, by: principal, from: client, detail: kid)
        do throws(StorageError) {
            try await store.insertDurableAudit(record)
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
        guard let pem = key.pem() else { throw .keyUnusable(reason: "it has no private part") }
        return pem
    }

    /// The public half of a stored key as a JWK Set of one key.
    ///
    /// - Throws: ``AuthError/keyMissing``; what keeps us from serving.
    package func exportPublicKey(_ kid: String) throws(AuthError) -> [UInt8] {
        KeySet(try findKey(kid).key.verificationKey).publicJWKSet()
    }

    /// Takes a key out of signing. Where it is the one that signs, another is made that signs at once.
    ///
    /// - Parameter dropping: removes it, and with it every token that it signed.
    /// - Throws: ``AuthError/keyMissing``; what keeps us from serving.
    package nonisolated(nonsending) func retireKey(
        _ kid: String, dropping: Bool = false, by principal: Principal = .operator, from client: Client = .local
    ) async throws(AuthError) {
        let key = try findKey(kid)
        let now = currentSeconds
        var retired = now
        if keys.mode.signsWithStoredKeys, keys.ring.signer(at: now)?.keyID == kid {
            // The tokens of a dropped key are refused at once, so that nobody is served by waiting.
            let lead = dropping ? 0 : Self.noticeSeconds
            retired = now + lead
            _ = try await insert(
                .generate(settings.tokenAlgorithm ?? key.key.algorithm), after: lead, as: .keyRotate, by: principal,
                from: client)
        }
        let record = audit.record(dropping ? .keyDrop : .keyRetire, by: principal, from: client, detail: kid)
        do throws(StorageError) {
            if dropping {
                _ = try await store.deleteSigningKey(kid, audit: record)
            } else {
                try await store.updateSigningKey(kid, retiredUnixSeconds: retired, audit: record)
            }
            try readKeys()
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
    }

    private func lead(_ immediately: Bool) -> Int64 {
        immediately ? Self.noticeSeconds : signingKeys.leadSeconds
    }

    private func findKey(_ kid: String) throws(AuthError) -> RingKey {
        do throws(StorageError) {
            try readKeys()
        } catch {
            throw AuthError(error)
        }
        guard let key = keys.ring.keys.first(where: { $0.keyID == kid }) else { throw .keyMissing }
        return key
    }

    private nonisolated(nonsending) func insert(
        _ key: SigningKey, after leadSeconds: Int64, as event: AuditEvent, by principal: Principal,
        from client: Client
    ) async throws(AuthError) -> SigningKeyStatus {
        if let required = settings.tokenAlgorithm, required != key.algorithm {
            throw .keyUnusable(reason: "the setting jwt.algorithm asks for \(required.rawValue)")
        }
        let now = currentSeconds
        guard let row = signingKeys.row(of: key, signsFrom: now + leadSeconds, now: now) else {
            throw .keyUnusable(reason: "a secret for HS256 comes from outside")
        }
        let record = audit.record(
            event, by: principal, from: client, detail: "\(row.kid) \(row.algorithm) after \(leadSeconds) s")
        do throws(StorageError) {
            try await store.insertSigningKey(row, audit: record)
            try readKeys()
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
        let ring = keys.ring
        guard let inserted = ring.keys.first(where: { $0.keyID == row.kid }) else { throw .keyMissing }
        return ring.status(of: inserted, at: now)
    }
}
