internal import ArgumentParser
internal import Authentication
internal import Cryptography
internal import FoundationEssentials
internal import Gatelodge

extension SettingsOptions {
    /// The rules on the instance's database.
    func openAuthenticator() throws -> Authenticator {
        let settings = try load()
        do throws(StartError) {
            return try Authenticator.open(settings, logger: CommandLog.logger)
        } catch {
            throw failure(error.description)
        }
    }
}

/// Asks the rules once; what they refuse ends the command with a sentence. The audit has it then, and nothing more can be asked.
func answer<Value>(
    _ authenticator: Authenticator, _ question: () async throws(AuthError) -> Value
) async throws -> Value {
    defer { authenticator.close() }
    return try await answer(question)
}

/// The same for a command that goes on asking.
func answer<Value>(_ question: () async throws(AuthError) -> Value) async throws -> Value {
    do throws(AuthError) {
        return try await question()
    } catch {
        throw failure(error.sentence)
    }
}

/// One line of a list, whose columns are parted by tabs.
func row(_ columns: String...) -> String { columns.joined(separator: "\t") }

/// RFC 3339, in UTC.
func time(_ unixSeconds: Int64) -> String {
    Date(timeIntervalSince1970: TimeInterval(unixSeconds)).formatted(.iso8601)
}

extension SecretBytes {
    /// As text; bytes that are no UTF-8 come out as U+FFFD, which no rule takes for them.
    var text: String {
        withSpan { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
    }
}

extension AuthError {
    /// What the operator is told.
    fileprivate var sentence: String {
        switch self {
        case .invalidUsername(let faults):
            "this username cannot be used: \(faults.map(\.rawValue).joined(separator: ", "))"
        case .weakPassword(let weaknesses):
            "this password cannot be used: \(weaknesses.map(\.rawValue).joined(separator: ", "))"
        case .malformedPassword: "a password is UTF-8 and holds no NUL"
        case .usernameTaken: "this username is taken"
        case .accountMissing: "there is no account of this name"
        case .invalidRoles:
            "an account has at most 16 roles, each 1 to 32 of a-z, 0-9, \":\", \"_\" and \"-\", none twice"
        case .invalidServiceName: "the name of a service is 1 to 32 of a-z, 0-9, \":\", \"_\" and \"-\""
        case .serviceExists: "a service of this name exists"
        case .serviceMissing: "there is no service of this name"
        case .keyMissing: "there is no key of this id"
        case .keyExists: "this key is there already"
        case .keyUnusable(let reason): "this key cannot be used: \(reason)"
        case .overloaded, .cancelled: "the password could not be hashed in time"
        case .unavailable(let cause), .fault(let cause): cause
        case .invalidCredentials, .missingToken, .invalidToken, .registrationClosed, .inviteInvalid, .refreshInvalid,
            .refreshExpired, .refreshReused, .sessionRevoked, .sessionMissing, .wrongPassword, .throttled:
            "refused: \(code)"
        }
    }
}
