internal import Authentication
internal import FastCGI
internal import Logging

extension ErrorReply {
    /// The one place where a rule's refusal becomes a status. What is a fault of ours goes to the log with its cause.
    init(_ error: AuthError, _ request: Request, _ logger: Logger) {
        switch error {
        case .invalidCredentials:
            logger.info("login refused", metadata: ["request_id": "\(request.id)"])
            self = .invalidCredentials
        case .missingToken: self = .missingToken
        case .invalidToken(let code):
            logger.debug("token refused", metadata: ["request_id": "\(request.id)", "code": "\(code)"])
            self = .invalidToken
        case .refreshInvalid:
            // The only refusal that is about no account, so the audit has no row of it.
            logger.info("refresh refused", metadata: ["request_id": "\(request.id)", "code": "refresh_invalid"])
            self = .refreshInvalid
        case .refreshExpired: self = .refreshExpired
        case .refreshReused: self = .refreshReused
        case .sessionRevoked: self = .sessionRevoked
        case .sessionMissing: self = .sessionMissing
        case .wrongPassword: self = .wrongPassword
        case .inviteInvalid: self = .inviteInvalid
        case .accountMissing: self = .accountMissing
        case .invalidRoles: self = .invalidRoles
        case .malformedPassword: self = .malformedPassword
        case .invalidUsername(let faults): self = .invalidUsername(faults.map(\.rawValue))
        case .weakPassword(let weaknesses): self = .weakPassword(weaknesses.map(\.rawValue))
        case .usernameTaken: self = .usernameTaken
        case .registrationClosed: self = .registrationClosed
        case .throttled(let retryAfter): self = .throttled(retryAfter: retryAfter)
        case .overloaded(let retryAfter):
            logger.notice("refused under load", metadata: ["request_id": "\(request.id)"])
            self = .unavailable(retryAfter: retryAfter)
        case .cancelled: self = .unavailable(retryAfter: .seconds(1))
        case .unavailable(let cause):
            logger.error("unavailable", metadata: ["request_id": "\(request.id)", "cause": "\(cause)"])
            self = .unavailable(retryAfter: .seconds(1))
        case .fault(let cause):
            logger.error("fault", metadata: ["request_id": "\(request.id)", "cause": "\(cause)"])
            self = .internalError
        case .invalidServiceName, .serviceExists, .serviceMissing, .keyMissing, .keyExists, .keyUnusable:
            logger.error("no endpoint asks for this", metadata: ["request_id": "\(request.id)"])
            self = .internalError
        }
    }
}
