package import Bcrypt
package import ForeignHashes

/// A password hash that an account may have: of ours, or one that came with an import and is replaced at the first login.
package enum StoredHash: Sendable {
    case bcrypt(BcryptHash)
    case foreign(ForeignHash)

    /// Reads a hash string. What is refused here is refused at an import and at a login alike.
    package init(parsing text: String) throws(StoredHashFault) {
        if text.hasPrefix("$2") || text.hasPrefix("$bcrypt") {
            self = .bcrypt(try StoredHash.parseBcrypt(text))
        } else {
            do throws(ForeignHashError) {
                self = .foreign(try ForeignHash(parsing: text))
            } catch {
                throw .foreign(error)
            }
        }
    }

    /// How it was made, for reports.
    package var algorithm: String {
        switch self {
        case .bcrypt(let hash): hash.scheme == .bcryptSHA256 ? "bcrypt-sha256" : "bcrypt"
        case .foreign(let hash): hash.algorithm.rawValue
        }
    }

    /// As it is stored.
    package var text: String {
        switch self {
        case .bcrypt(let hash): hash.description
        case .foreign(let hash): hash.text
        }
    }

    private static func parseBcrypt(_ text: String) throws(StoredHashFault) -> BcryptHash {
        let hash: BcryptHash
        do throws(BcryptError) {
            hash = try BcryptHash(parsing: text)
        } catch {
            throw error == .unsupportedScheme ? .bcryptOfBefore2011 : .malformedBcrypt
        }
        guard hash.cost <= Bcrypt.standardCostLimit else { throw .bcryptTooDear(cost: hash.cost) }
        return hash
    }
}
