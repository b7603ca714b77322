internal import ArgumentParser
internal import Authentication
internal import Bcrypt
internal import ForeignHashes
internal import JSON
internal import Storage

/// How accounts are written for elsewhere.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
    /// All that an import takes, one JSON object a line.
    case ndjson
    /// Names and hashes for Apache; it has no way to say that an account is disabled, and knows fewer hashes.
    case htpasswd

    /// A line; nil where the format has no place for such an account.
    func line(_ user: MovedUser) -> [UInt8]? {
        switch self {
        case .ndjson: JSONValue.object(object(user)).serialized() + [UInt8(ascii: "\n")]
        case .htpasswd:
            user.isDisabled ? nil : apacheHash(user.hash).map { Array("\(user.username.shown):\($0)\n".utf8) }
        }
    }

    private func object(_ user: MovedUser) -> JSONObject {
        var object: JSONObject = [
            "username": .string(user.username.shown), "password_hash": .string(user.hash.text),
            "roles": .array(user.roles.names.map { .string($0) }), "disabled": .bool(user.isDisabled),
        ]
        if let created = user.createdUnixSeconds { object["created"] = .string(time(created)) }
        if let id = user.id { object["id"] = .string(id.text) }
        return object
    }

    private func apacheHash(_ hash: StoredHash) -> String? {
        switch hash {
        case .bcrypt(let hash):
            switch hash.scheme {
            // The one spelling that every Apache knows; for passwords without NUL it is the same hash.
            case .bcrypt2b, .bcrypt2y: "$2y" + hash.description.dropFirst(3)
            case .bcrypt2a: hash.description
            case .bcryptSHA256: nil
            }
        case .foreign(let hash):
            switch hash.algorithm {
            case .apr1, .sha1, .md5Crypt, .sha256Crypt, .sha512Crypt, .yescrypt, .scryptCrypt: hash.text
            case .argon2i, .argon2d, .argon2id, .scrypt, .pbkdf2SHA1, .pbkdf2SHA256, .pbkdf2SHA512: nil
            }
        }
    }
}
