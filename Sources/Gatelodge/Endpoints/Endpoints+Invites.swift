internal import Authentication
internal import FastCGI
internal import JSON

extension Endpoints {
    /// In seconds. Whoever has not come within ninety days is invited again.
    private static let inviteLifetimes: ClosedRange<Int64> = 1...7_776_000
    private static let defaultInviteLifetime: Int64 = 604_800

    /// `POST invites`, with `roles` of the account to come and `expires_in` in seconds: a code for one registration.
    @Sendable nonisolated(nonsending) func addInvite(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        let members = try request.jsonObject()
        let roles = try members.optionalStrings("roles") ?? []
        let seconds = try members.optionalInteger("expires_in", in: Self.inviteLifetimes) ?? Self.defaultInviteLifetime
        let code = try await ask(request) { () async throws(AuthError) in
            try await authenticator.makeInvite(
                roles: Roles(parsing: roles), lifetime: .seconds(seconds), by: .account(id: identity.accountID),
                from: request.client)
        }
        return .json(["code": .string(code), "expires_in": .integer(seconds)], status: .created)
    }
}
