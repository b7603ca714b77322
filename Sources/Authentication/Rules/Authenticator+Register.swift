internal import JWT
internal import Storage

extension Authenticator {
    /// Makes an account for a visitor.
    ///
    /// - Parameter invite: a code of ``makeInvite(roles:lifetime:by:from:)``, which this uses up. Needed where registration is for the
    ///   invited; where it is open an account without one has no roles.
    /// - Throws: ``AuthError/registrationClosed``, ``AuthError/inviteInvalid`` before anything is hashed; ``AuthError/invalidUsername(_:)``,
    ///   ``AuthError/weakPassword(_:)``, ``AuthError/malformedPassword``, ``AuthError/usernameTaken``; what keeps us from serving.
    package nonisolated(nonsending) func register(
        username: String, password: String, invite: String? = nil, from client: Client
    ) async throws(AuthError) -> User {
        do throws(AuthError) {
            let code = try admit(invite: invite)
            return try await insertUser(
                username: username, password: password, roles: .none, redeeming: code, as: .register, by: nil,
                from: client)
        } catch {
            throw audit.refusal(error, of: .register, from: client)
        }
    }

    /// Makes an account, whatever the setting for registration.
    ///
    /// - Throws: as ``register(username:password:invite:from:)``.
    package nonisolated(nonsending) func addUser(
        username: String, password: String, roles: Roles = .none, by principal: Principal = .operator,
        from client: Client = .local
    ) async throws(AuthError) -> User {
        do throws(AuthError) {
            return try await insertUser(
                username: username, password: password, roles: roles, redeeming: nil, as: .accountAdd, by: principal,
                from: client)
        } catch {
            throw audit.refusal(error, of: .accountAdd, by: principal, from: client)
        }
    }

    /// Whether a visitor may register at all, and with what code: decided before any work.
    private func admit(invite: String?) throws(AuthError) -> OpaqueToken? {
        switch settings.registration {
        case .closed: throw .registrationClosed
        case .open where invite == nil: return nil
        case .open, .invite: return try findInvite(invite ?? "", kind: .registration).code
        }
    }

    private nonisolated(nonsending) func insertUser(
        username: String, password: String, roles: Roles, redeeming code: OpaqueToken?, as event: AuditEvent,
        by principal: Principal?, from client: Client
    ) async throws(AuthError) -> User {
        let username = try Username(parsing: username, orThrow: AuthError.invalidUsername)
        let password = try acceptablePassword(password, for: username)
        // Before it is said whether the name is there, so that names cannot be tried at any rate.
        if event == .register { try await countRegistration(from: client) }
        let isTaken: Bool
        do throws(StorageError) {
            // The answer may be overtaken, but spares the work in nearly all cases; inserting decides.
            isTaken = try store.findAccount(canonicalUsername: username.canonical) != nil
        } catch {
            throw AuthError(error)
        }
        if isTaken { throw .usernameTaken }
        let passwordHash = try await passwords.hash(password)
        let now = currentSeconds
        let account = Account(
            id: .random(), username: username.shown, canonicalUsername: username.canonical, passwordHash: passwordHash,
            roles: roles.names, createdUnixSeconds: now, updatedUnixSeconds: now)
        let record = audit.record(event, account: account.id, by: principal, from: client)
        do throws(StorageError) {
            let inserted = try await store.insertAccount(account, redeeming: code?.digest, audit: record)
            audit.log(record)
            return User(inserted)
        } catch {
            throw AuthError(error)
        }
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
        let weaknesses: [PasswordWeakness]
        do throws(PasswordListFault) {
            weaknesses = try settings.passwordPolicy.weaknesses(of: password, for: username)
        } catch {
            throw .unavailable(cause: "the file of the setting password.list \(error)")
        }
        guard weaknesses.isEmpty else { throw .weakPassword(weaknesses) }
        return password
    }
}

extension Username {
    /// The name of an account that is there.
    init(of account: Account) throws(AuthError) {
        do throws(InvalidUsername) {
            try self.init(parsing: account.username)
        } catch {
            throw .fault(cause: "the stored username of account \(account.id) is not valid")
        }
    }

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
