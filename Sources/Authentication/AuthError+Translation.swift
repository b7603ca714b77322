internal import Bcrypt
internal import ForeignHashes
internal import JWT
internal import Storage

extension AuthError {
    init(_ error: StorageError) {
        switch error {
        case .usernameTaken: self = .usernameTaken
        case .accountMissing: self = .accountMissing
        case .inviteInvalid: self = .inviteInvalid
        case .serviceExists: self = .serviceExists
        case .keyExists: self = .keyExists
        case .keyMissing: self = .keyMissing
        case .passwordChanged, .pathInvalid, .folderMissing, .notAFile, .permissionsTooOpen, .readOnly, .notADatabase,
            .foreignDatabase, .newerSchema, .replaced, .inUse, .exists, .corrupt, .busy, .full, .unavailable:
            self = .unavailable(cause: error.description)
        }
    }

    /// The errors of hashing and verifying; a password of a ``Password`` is never too long.
    init(_ error: BcryptError) {
        switch error {
        case .overloaded(let retryAfter): self = .overloaded(retryAfter: retryAfter)
        case .cancelled: self = .cancelled
        case .stopped: self = .unavailable(cause: "the password hasher has stopped")
        case .malformedHash: self = .fault(cause: "a stored password hash is malformed")
        case .unsupportedScheme: self = .fault(cause: "a stored password hash is of a scheme that is refused")
        case .costAboveLimit(let cost, let limit):
            self = .fault(cause: "a stored password hash has cost \(cost), above the limit of \(limit)")
        case .costOutOfRange(let cost): self = .fault(cause: "bcrypt refuses the cost \(cost)")
        case .passwordTooLong(let bytes): self = .fault(cause: "bcrypt refuses a password of \(bytes) bytes")
        }
    }

    /// The errors of verifying against a hash that another program made.
    init(_ error: ForeignVerificationError) {
        switch error {
        case .overloaded(let retryAfter): self = .overloaded(retryAfter: retryAfter)
        case .cancelled: self = .cancelled
        case .impossible(let algorithm):
            let remedy = algorithm.library.map { "\($0) installed" } ?? "memory"
            self = .unavailable(cause: "\(algorithm.rawValue) hashes cannot be verified without \(remedy)")
        case .unanswered: self = .unavailable(cause: "the hashing process has not verified a foreign hash in time")
        }
    }

    /// The errors of verifying a token. Issuing has none that a client could cause.
    init(verifying error: JWTError) {
        self = .invalidToken(code: error.code)
    }
}
