internal import FastCGI
internal import HTTPTypes

/// The errors of the HTTP contract, in the order of their statuses.
extension ErrorReply {
    static let malformedRequest = ErrorReply(.badRequest, code: "malformed_request", "malformed request")
    static let invalidJSON = ErrorReply(.badRequest, code: "invalid_json", "the body is not valid JSON")
    static func missingField(_ name: String) -> ErrorReply {
        ErrorReply(.badRequest, code: "missing_field", "the field \(name) is missing")
    }
    static func invalidField(_ name: String, isA type: String) -> ErrorReply {
        ErrorReply(.badRequest, code: "invalid_field", "the field \(name) is no \(type)")
    }
    static let malformedPassword = ErrorReply(
        .badRequest, code: "malformed_password", "a password holds no NUL")
    static let differingCredentials = ErrorReply(
        .badRequest, code: "differing_credentials", "the request carries two different credentials")
    static let malformedForm = ErrorReply(
        .badRequest, code: "malformed_form", "the form is malformed or has a field twice")

    static let invalidCredentials = ErrorReply(
        .unauthorized, code: "invalid_credentials", "invalid credentials", headerFields: [.wwwAuthenticate: challenge])
    /// RFC 6750 §3.1: without credentials there is no error code in the challenge.
    static let missingToken = ErrorReply(
        .unauthorized, code: "missing_token", "missing token", headerFields: [.wwwAuthenticate: challenge])
    static let invalidToken = ErrorReply(
        .unauthorized, code: "invalid_token", "invalid token",
        headerFields: [.wwwAuthenticate: challenge + #", error="invalid_token""#])
    static let refreshInvalid = refreshRefused("refresh_invalid", "this is no refresh token of a session")
    static let refreshExpired = refreshRefused("refresh_expired", "the session has expired")
    static let refreshReused = refreshRefused(
        "refresh_reused", "the refresh token was used before, so its session has ended")
    static let sessionRevoked = refreshRefused("session_revoked", "the session has ended")
    private static func refreshRefused(_ code: String, _ sentence: String) -> ErrorReply {
        ErrorReply(
            .unauthorized, code: code, sentence,
            headerFields: [.wwwAuthenticate: challenge + #", error="invalid_token""#])
    }

    /// RFC 7662 §2.1, RFC 6749 §5.2
    static let invalidClient = ErrorReply(
        .unauthorized, code: "invalid_client", "a service must show its name and secret",
        headerFields: [.wwwAuthenticate: #"Basic realm="gatelodge", charset="UTF-8""#]
    ).inTheFormOfOAuth("invalid_client")

    /// RFC 9470 §3.
    static func reauthenticationRequired(maximumAgeSeconds: Int64) -> ErrorReply {
        ErrorReply(
            .unauthorized, code: "reauthentication_required", "the password was shown too long ago",
            headerFields: [
                .wwwAuthenticate: challenge
                    + #", error="insufficient_user_authentication", max_age="\#(maximumAgeSeconds)""#
            ])
    }

    static let wrongKey = ErrorReply(.forbidden, code: "wrong_key", "the web server has not shown the right key")
    static let crossSite = ErrorReply(.forbidden, code: "cross_site", "the request comes from another site")
    /// RFC 6750 §3.1
    static let insufficientRole = ErrorReply(
        .forbidden, code: "insufficient_role", "the account has not the role that is needed",
        headerFields: [.wwwAuthenticate: challenge + #", error="insufficient_scope""#])
    static let registrationClosed = ErrorReply(.forbidden, code: "registration_closed", "registration is closed")
    static let inviteInvalid = ErrorReply(.forbidden, code: "invalid_code", "this code is not valid")
    static let wrongPassword = ErrorReply(.forbidden, code: "wrong_password", "the password is wrong")
    static let notFound = ErrorReply(.notFound, code: "not_found", "there is nothing at this path")
    static func methodNotAllowed(_ allowed: String) -> ErrorReply {
        ErrorReply(
            .methodNotAllowed, code: "method_not_allowed", "this path does not take this method",
            headerFields: [.allow: allowed])
    }
    static let sessionMissing = ErrorReply(.notFound, code: "session_not_found", "there is no such session")
    static let accountMissing = ErrorReply(.notFound, code: "user_not_found", "there is no such user")
    static let usernameTaken = ErrorReply(.conflict, code: "username_taken", "this username is taken")
    static let contentTooLarge = ErrorReply(.contentTooLarge, code: "content_too_large", "the body is too large")
    static func unsupportedMediaType(wanted type: String) -> ErrorReply {
        ErrorReply(
            .unsupportedMediaType, code: "unsupported_media_type", "the body must be \(type)",
            headerFields: [.accept: type])
    }
    static func invalidUsername(_ reasons: [String]) -> ErrorReply {
        ErrorReply(
            .unprocessableContent, code: "invalid_username", "this username cannot be used", reasons: reasons)
    }
    static func weakPassword(_ reasons: [String]) -> ErrorReply {
        ErrorReply(.unprocessableContent, code: "weak_password", "this password cannot be used", reasons: reasons)
    }
    static let invalidRoles = ErrorReply(.unprocessableContent, code: "invalid_roles", "these roles cannot be given")
    static let fieldsTooLarge = ErrorReply(
        .requestHeaderFieldsTooLarge, code: "header_fields_too_large", "the header fields are too large")

    /// RFC 6585 §4
    static func throttled(retryAfter: Duration) -> ErrorReply {
        ErrorReply(
            .tooManyRequests, code: "throttled", "too many attempts",
            headerFields: [.retryAfter: "\(wholeSeconds(retryAfter))"])
    }

    static let internalError = ErrorReply(
        .internalServerError, code: "internal_error", "something went wrong on our side")
    static func unavailable(retryAfter: Duration) -> ErrorReply {
        ErrorReply(
            .serviceUnavailable, code: "unavailable", "the service cannot answer now",
            headerFields: [.retryAfter: "\(wholeSeconds(retryAfter))"])
    }
    /// RFC 9110 §10.2.3: never less than what is meant.
    private static func wholeSeconds(_ duration: Duration) -> Int64 {
        max(1, duration.components.seconds + (duration.components.attoseconds > 0 ? 1 : 0))
    }

    static let challenge = #"Bearer realm="gatelodge""#

    /// What FastCGI refuses before it asks us.
    init(_ refusal: Refusal) {
        self =
            switch refusal {
            case .bodyTooLarge: .contentTooLarge
            case .parametersTooLarge: .fieldsTooLarge
            case .malformed: .malformedRequest
            }
    }
}
