internal import Cryptography
internal import JWT
internal import Storage

/// The key that signs access tokens, and those whose tokens are accepted. One key, one algorithm.
struct TokenKeys: Sendable {
    let signing: SigningKey
    let accepted: KeySet

    /// HS256 with a secret from outside. It alone is accepted, and nothing is published.
    init(secret: SigningSecret) throws(AuthenticatorStartError) {
        do throws(JWTError) {
            signing = try secret.withBytes { bytes throws(JWTError) in try SigningKey(hs256Secret: bytes) }
        } catch {
            throw .secretGuessable
        }
        accepted = KeySet(signing.verificationKey)
    }

    /// ES256 with the database's key pair, made now where there is none; blocks.
    init(storedIn store: Store, now: UnixTime) throws(AuthenticatorStartError) {
        let stored: [StoredSigningKey]
        let chosen: StoredSigningKey
        do throws(StorageError) {
            chosen = try store.findOrInsertSigningKey(algorithm: SignatureAlgorithm.es256.rawValue) {
                Self.generate(now: now)
            }
            stored = try store.findSigningKeys()
        } catch {
            throw .storage(cause: error.description)
        }
        signing = try Self.read(chosen)
        var keys = [signing.verificationKey]
        for key in stored where key.kid != chosen.kid && key.algorithm == chosen.algorithm {
            keys.append(try Self.read(key).verificationKey)
        }
        do throws(JWTError) {
            accepted = try KeySet(keys)
        } catch {
            throw .storedKeyUnusable(kid: chosen.kid)
        }
    }

    private static func generate(now: UnixTime) -> StoredSigningKey {
        let key = SigningKey.generateES256()
        guard let privateKey = key.pkcs8() else { preconditionFailure("an ES256 key has a PKCS#8 form") }
        return StoredSigningKey(
            kid: key.keyID, algorithm: key.algorithm.rawValue, privateKey: privateKey,
            createdUnixSeconds: now.seconds)
    }

    private static func read(_ stored: StoredSigningKey) throws(AuthenticatorStartError) -> SigningKey {
        do throws(JWTError) {
            let key = try SigningKey(es256PKCS8: stored.privateKey.span)
            guard key.keyID == stored.kid else { throw .invalidKey }
            return key
        } catch {
            throw .storedKeyUnusable(kid: stored.kid)
        }
    }
}
