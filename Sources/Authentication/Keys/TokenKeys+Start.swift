internal import JWT
internal import Storage

extension TokenKeys {
    /// The keys of a process that begins: all are opened, plain ones sealed, and what is missing is made. Blocks.
    convenience init(starting keys: SigningKeyStore, names: TokenNames) throws(AuthenticatorStartError) {
        let mode = try Mode(keys.settings)
        let rows: [StoredSigningKey]
        do throws(StorageError) {
            rows = try keys.store.findSigningKeys()
        } catch {
            throw .storage(cause: error.description)
        }
        // Before anything is changed: what cannot be read is never replaced.
        for row in rows where SignatureAlgorithm(rawValue: row.algorithm) != nil {
            do throws(SigningKeyFault) {
                _ = try keys.open(row)
            } catch {
                switch error {
                case .unusable(let kid): throw .storedKeyUnusable(kid: kid)
                case .sealedOtherwise(let kid): throw .masterKey(path: keys.masterKeyPath, .wrong(kid: kid))
                }
            }
        }
        let current: [StoredSigningKey]
        do throws(StorageError) {
            current = try keys.bringUpToDate(mode, now: names.clock().seconds)
        } catch {
            throw .storage(cause: error.description)
        }
        do throws(JWTError) {
            try self.init(mode, rows: current, ring: keys.ring(of: current), names: names)
        } catch {
            throw .storage(cause: "the signing keys in the database cannot be used together: \(error.code)")
        }
    }
}

extension TokenKeys.Mode {
    init(_ settings: AuthenticationSettings) throws(AuthenticatorStartError) {
        guard let secret = settings.signingSecret else {
            self = .stored(former: nil)
            return
        }
        let key: SigningKey
        do throws(JWTError) {
            key = try secret.withBytes { bytes throws(JWTError) in try SigningKey(hs256Secret: bytes) }
        } catch {
            throw .secretGuessable
        }
        self = (settings.tokenAlgorithm ?? .hs256) == .hs256 ? .secret(key) : .stored(former: key)
    }

    /// Whether stored keys sign, as opposed to a secret from outside.
    var signsWithStoredKeys: Bool {
        switch self {
        case .secret: false
        case .stored: true
        }
    }
}
