import Authentication
import TestSupport
import Testing

/// Every kind of credential at every door: only the diagonal passes.
@Suite("Kinds of credentials")
struct TokenKindTests {
    enum Kind: CaseIterable {
        case access, refresh, cookie, invite, reset, service
    }

    enum Door: CaseIterable {
        case authenticate, cookie, refresh, logOut, register, reset, service, introspect, revoke

        /// What passes.
        var admits: Set<Kind> {
            switch self {
            case .authenticate, .introspect: [.access]
            case .cookie: [.cookie]
            case .refresh, .logOut: [.refresh]
            case .register: [.invite]
            case .reset: [.reset]
            case .service: [.service]
            case .revoke: [.access, .refresh]
            }
        }
    }

    @Test("A credential passes at its own door and at no other", .promise(53), arguments: Door.allCases, Kind.allCases)
    func matrix(door: Door, kind: Kind) async throws {
        let harness = try Harness { $0.registration = .invite }
        let authenticator = harness.authenticator
        _ = try await authenticator.addUser(username: "vicky", password: Harness.password)
        let code = try await authenticator.makeReset(named: "vicky")
        let login = try await authenticator.logIn(username: "vicky", password: Harness.password)
        let credential: String? =
            switch kind {
            case .access: login.accessToken
            case .refresh: login.refreshToken
            case .cookie:
                try await authenticator.logIn(
                    username: "vicky", password: Harness.password, asCookie: true, from: .test
                ).cookie
            case .invite: try await authenticator.makeInvite()
            case .reset: code
            case .service: try await authenticator.addService("shop")
            }
        let passes = try await pass(try #require(credential), through: door, harness)
        #expect(passes == door.admits.contains(kind))
        if door == .revoke {
            let isEnded = harness.refusal(of: login) == .invalidToken(code: "session_revoked")
            #expect(isEnded == passes)
        }
    }

    private func pass(_ credential: String, through door: Door, _ harness: Harness) async throws -> Bool {
        let authenticator = harness.authenticator
        do throws(AuthError) {
            switch door {
            case .authenticate: _ = try harness.identity(of: credential)
            case .cookie: _ = try harness.identity(cookie: credential)
            case .refresh: _ = try await authenticator.refresh(credential, from: .test)
            case .logOut: try await authenticator.logOut(refreshToken: credential, scope: .this, from: .test)
            case .register:
                _ = try await authenticator.register(
                    username: "carol", password: Harness.password, invite: credential, from: .test)
            case .reset: try await authenticator.resetPassword(code: credential, to: "correct horse", from: .test)
            case .service: return try authenticator.isService(name: "shop", secret: credential, from: .test)
            case .introspect: return authenticator.introspect(credential) != nil
            case .revoke:
                // Says nothing of what it did (RFC 7009 §2.2).
                let before = try authenticator.findAudit().count
                try await authenticator.revoke(credential, from: .test)
                return try authenticator.findAudit().count > before
            }
            return true
        } catch {
            switch (door, error) {
            case (.authenticate, .invalidToken), (.cookie, .invalidToken(code: "malformed_cookie")),
                (.refresh, .refreshInvalid), (.logOut, .refreshInvalid), (.register, .inviteInvalid),
                (.reset, .inviteInvalid):
                return false
            default: throw error
            }
        }
    }
}
