internal import ArgumentParser
internal import Authentication
internal import Cryptography
internal import FoundationEssentials
internal import Gatelodge

/// `gatelodge user`: the accounts of an instance, whether it is running or not.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add accounts, list them, set their passwords.",
        subcommands: [Add.self, List.self, SetPassword.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an account.",
            discussion: "The password is asked for, or read from standard input without one newline at its end.")

        @Argument(help: "The username.")
        var username: String

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let password = try PasswordInput.read(isNew: true).text
            do throws(AuthError) {
                let user = try await authenticator.addUser(username: username, password: password)
                print("added \(user.username) as \(user.id)")
            } catch {
                throw failure(error.sentence)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts by name.")

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            do throws(AuthError) {
                var last: String?
                while true {
                    let page = try authenticator.findUsers(after: last, limit: 500)
                    for user in page { print(Self.line(for: user)) }
                    guard let next = page.last else { return }
                    last = next.canonicalUsername
                }
            } catch {
                throw failure(error.sentence)
            }
        }

        private static func line(for user: User) -> String {
            let created = Date(timeIntervalSince1970: TimeInterval(user.createdUnixSeconds)).formatted(.iso8601)
            let state = user.isDisabled ? "disabled" : "active"
            return [user.id, state, created, user.roles.joined(separator: ","), user.username]
                .joined(separator: "\t")
        }
    }

    struct SetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password", abstract: "Give an account another password.",
            discussion: "The password is asked for, or read from standard input without one newline at its end.")

        @Argument(help: "The username.")
        var username: String

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let password = try PasswordInput.read(isNew: true).text
            do throws(AuthError) {
                try await authenticator.setPassword(username: username, to: password)
            } catch {
                throw failure(error.sentence)
            }
        }
    }
}

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

extension SecretBytes {
    /// As text; bytes that are no UTF-8 come out as U+FFFD, which no rule takes for them.
    fileprivate var text: String {
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
        case .overloaded, .cancelled: "the password could not be hashed in time"
        case .unavailable(let cause), .fault(let cause): cause
        case .invalidRoles: "a role is [a-z0-9:_-]{1,32}, and an account has at most 16"
        case .inviteInvalid: "this code is not valid"
        case .invalidServiceName: "a service's name is [a-z0-9:_-]{1,32}"
        case .serviceExists: "there is a service of this name"
        case .serviceMissing: "there is no service of this name"
        case .keyMissing: "there is no signing key of this id"
        case .keyExists: "there is a signing key of this id"
        case .keyUnusable(let reason): "this key cannot be used: \(reason)"
        case .sessionMissing: "there is no such session"
        case .invalidCredentials, .missingToken, .invalidToken, .registrationClosed, .refreshInvalid, .refreshExpired,
            .refreshReused, .sessionRevoked, .wrongPassword:
            "refused"
        }
    }
}
