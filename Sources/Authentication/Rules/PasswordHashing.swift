internal import Bcrypt
internal import Cryptography

/// Passwords to stored hashes and back, off the caller's thread and at one cost.
struct PasswordHashing: Sendable {
    private let hasher: BcryptHasher
    private let cost: BcryptCost

    /// No password's: what is verified against where there is no account, so that the work is the same.
    private let dummy: BcryptHash

    init(hasher: BcryptHasher, settings: AuthenticationSettings) throws(AuthenticatorStartError) {
        self.hasher = hasher
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
    nonisolated(nonsending) func verify(
        _ password: Password?, against stored: String?
    ) async throws(AuthError) -> Bool {
        var bytes = password?.copiedBytes() ?? []
        defer { wipe(&bytes) }
        do throws(BcryptError) {
            let hash = if let stored { try BcryptHash(parsing: stored) } else { dummy }
            let isMatch = try await hasher.verify(bytes.span, against: hash, paddedTo: cost)
            return isMatch && stored != nil && password != nil
        } catch {
            throw AuthError(error)
        }
    }

    /// Whether a new hash of a password that has verified would be better than the stored one, and of the same password.
    func shouldReplace(_ stored: String, provedBy password: Password) -> Bool {
        // What cannot be read has not verified.
        guard let hash = try? BcryptHash(parsing: stored), hash.needsUpgrade(to: cost) else { return false }
        return password.withBytes { password in hash.provesWhole(password) }
    }
}
