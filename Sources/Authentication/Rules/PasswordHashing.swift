internal import Bcrypt
internal import Cryptography
internal import ForeignHashes

/// Passwords to stored hashes and back, off the caller's thread and at one cost.
struct PasswordHashing: Sendable {
    private let hasher: BcryptHasher
    private let foreign: ForeignVerifier
    private let cost: BcryptCost

    /// No password's: what is verified against where there is no account, so that the work is the same.
    private let dummy: BcryptHash

    init(
        hasher: BcryptHasher, foreign: ForeignVerifier, settings: AuthenticationSettings
    ) throws(AuthenticatorStartError) {
        self.hasher = hasher
        self.foreign = foreign
        do throws(BcryptError) {
            cost =
                settings.allowsInsecureBcryptCost
                ? try BcryptCost(insecure: settings.bcryptCost) : try BcryptCost(settings.bcryptCost)
        } catch {
            throw .bcryptCostOutOfRange(settings.bcryptCost)
        }
        let (salt, digest) = (randomBytes(16), randomBytes(23))
        dummy = BcryptHash(
            scheme: .bcrypt2b, cost: cost.value, salt: [16 of UInt8] { salt[$0] }, digest: [23 of UInt8] { digest[$0] })
    }

    var activity: HashingActivity { hasher.activity }

    /// The stored form of a new password.
    nonisolated(nonsending) func hash(_ password: Password) async throws(AuthError) -> String {
        var bytes = password.copiedBytes()
        defer { wipe(&bytes) }
        do throws(BcryptError) {
            return try await hasher.hash(bytes.span, cost: cost).description
        } catch {
            throw AuthError(error)
        }
    }

    /// Whether the password is the stored one; never where either is `nil`, at the same cost. Cheaper hashes are padded to ours.
    ///
    /// A foreign hash is verified in addition: it takes longer, and no cheap one shows by a quicker answer.
    nonisolated(nonsending) func verify(
        _ password: Password?, against stored: String?
    ) async throws(AuthError) -> Bool {
        let hash: StoredHash
        do throws(StoredHashFault) {
            hash = if let stored { try StoredHash(parsing: stored) } else { .bcrypt(dummy) }
        } catch {
            throw .fault(cause: "a stored password hash is \(error)")
        }
        switch hash {
        case .bcrypt(let hash):
            let isMatch = try await verify(password, against: hash)
            return isMatch && stored != nil && password != nil
        case .foreign(let hash):
            _ = try await verify(password, against: dummy)
            guard let password else { return false }
            do throws(ForeignVerificationError) {
                return try await foreign.verify(password.bytes, against: hash)
            } catch {
                throw AuthError(error)
            }
        }
    }

    /// Whether a new hash of a password that has verified would be better than the stored one, and of the same password.
    func shouldReplace(_ stored: String, provedBy password: Password) -> Bool {
        // What cannot be read has not verified.
        switch try? StoredHash(parsing: stored) {
        case .bcrypt(let hash)?:
            hash.needsUpgrade(to: cost) && password.withBytes { password in hash.provesWhole(password) }
        case .foreign?: true
        case nil: false
        }
    }

    private nonisolated(nonsending) func verify(
        _ password: Password?, against hash: BcryptHash
    ) async throws(AuthError) -> Bool {
        var bytes = password?.copiedBytes() ?? []
        defer { wipe(&bytes) }
        do throws(BcryptError) {
            return try await hasher.verify(bytes.span, against: hash, paddedTo: cost)
        } catch {
            throw AuthError(error)
        }
    }
}
