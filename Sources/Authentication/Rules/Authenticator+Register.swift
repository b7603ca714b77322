internal import JWT
internal import Storage

extension Authenticator {
    /// Makes an account for a visitor.
    ///
    /// - Throws: ``AuthError/registrationClosed`` before anything is read or hashed; ``AuthError/invalidUsername(_:)``,
    ///   ``AuthError/weakPassword(_:)``, ``AuthError/malformedPassword``, ``AuthError/usernameTaken``; what keeps us from serving.
    package nonisolated(nonsending) func register(
        username: String, password: String
    ) async throws(AuthError) -> User {
        guard settings.registration == .open else { throw .registrationClosed }
        return try await addUser(username: username, password: password)
    }

    /// Makes an account for the operator, whatever the setting for registration.
    ///
    /// - Throws: as ``register(username:password:)``.
    package nonisolated(nonsending) func addUser(
        username: String, password: String, roles: Roles = .none
    ) async throws(AuthError) -> User {
        let username = try Username(parsing: username, orThrow: AuthError.invalidUsername)
        let password = try acceptablePassword(password, for: username)
        do throws(StorageError) {
            // The answer may be overtaken, but spares the work in nearly all cases; inserting decides.
            let isTaken = try store.findAccount(canonicalUsername: username.canonical) != nil
            if isTaken { throw .usernameTaken }
        } catch {
            throw AuthError(error)
        }
        let passwordHash = try await passwords.hash(password)
        let now = clock().seconds
        let account = Account(
            id: .random(), username: username.shown, canonicalUsername: username.canonical, passwordHash: passwordHash,
            roles: roles.names, createdUnixSeconds: now, updatedUnixSeconds: now)
        do throws(StorageError) {
            try await store.insertAccount(account)
        } catch {
            throw AuthError(error)
        }
        return User(account)
    }

    /// A password that may be set under the policy.
    func acceptablePassword(_ text: String, for username: Username) throws(AuthError) -> Password {
        let password: Password
        do throws(PasswordFault) {
            password = try Password(parsing: text)
        } catch {
            switch error {
            case .tooLong: throw .weakPassword([.tooLong])
            case .containsNUL, .notUTF8: throw .malformedPassword
            }
        }
        let weaknesses = settings.passwordPolicy.weaknesses(of: password, for: username)
        guard weaknesses.isEmpty else { throw .weakPassword(weaknesses) }
        return password
    }
}

extension Username {
    fileprivate init(
        parsing text: String, orThrow translate: ([UsernameFault]) -> AuthError
    ) throws(AuthError) {
        do throws(InvalidUsername) {
            try self.init(parsing: text)
        } catch {
            throw translate(error.faults)
        }
    }
}
