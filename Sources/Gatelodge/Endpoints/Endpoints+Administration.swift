internal import Authentication
internal import FastCGI
internal import HTTPTypes
internal import JSON

/// The endpoints of administrators, below `/api/admin/`.
extension Endpoints {
    /// `GET users`, with `search`, `limit` and `after`
    @Sendable func users(_ request: Request, _ identity: Authentication.Identity) throws -> Response {
        let page = try PageQuery(request)
        let users = try ask(request) { () throws(AuthError) in
            try authenticator.findUsers(matching: page.search, after: page.after, limit: page.limit)
        }
        return .json(page.members(of: users, \.members, next: \.canonicalUsername))
    }

    /// `POST users`
    @Sendable nonisolated(nonsending) func addUser(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        let members = try request.jsonObject()
        let credentials = try Credentials(members)
        let roles = try members.optionalStrings("roles") ?? []
        let user = try await ask(request) { () async throws(AuthError) in
            try await authenticator.addUser(
                username: credentials.username, password: credentials.password, roles: Roles(parsing: roles),
                by: .account(id: identity.accountID), from: request.client)
        }
        return .json(.object(user.members), status: .created)
    }

    /// `GET users/{id}`
    @Sendable func user(_ request: Request, _ identity: Authentication.Identity) throws -> Response {
        let user = try ask(request) { () throws(AuthError) in
            try authenticator.findUser(id: request.pathParameter("id"))
        }
        return .json(.object(user.members))
    }

    /// `DELETE users/{id}`
    @Sendable nonisolated(nonsending) func deleteUser(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        try await change(request) { id throws(AuthError) in
            try await authenticator.deleteUser(id: id, by: .account(id: identity.accountID), from: request.client)
        }
    }

    /// `POST users/{id}/disable`
    @Sendable nonisolated(nonsending) func disableUser(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        try await change(request) { id throws(AuthError) in
            try await authenticator.updateState(
                id: id, isDisabled: true, by: .account(id: identity.accountID), from: request.client)
        }
    }

    /// `POST users/{id}/enable`
    @Sendable nonisolated(nonsending) func enableUser(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        try await change(request) { id throws(AuthError) in
            try await authenticator.updateState(
                id: id, isDisabled: false, by: .account(id: identity.accountID), from: request.client)
        }
    }

    /// `POST users/{id}/unlock`
    @Sendable nonisolated(nonsending) func unlockUser(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        try await change(request) { id throws(AuthError) in
            try await authenticator.unlock(id: id, by: .account(id: identity.accountID), from: request.client)
        }
    }

    /// `PUT users/{id}/roles` with `{"roles":[…]}`
    @Sendable nonisolated(nonsending) func updateRoles(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        guard let names = try request.jsonObject().optionalStrings("roles") else {
            throw ErrorReply.missingField("roles")
        }
        return try await change(request) { id throws(AuthError) in
            try await authenticator.updateRoles(
                id: id, to: Roles(parsing: names), by: .account(id: identity.accountID), from: request.client)
        }
    }

    /// `PUT users/{id}/password` with `{"new_password"}`
    @Sendable nonisolated(nonsending) func setPassword(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        let password = try request.jsonObject().string("new_password")
        return try await change(request) { id throws(AuthError) in
            try await authenticator.setPassword(
                id: id, to: password, by: .account(id: identity.accountID), from: request.client)
        }
    }

    /// `GET users/{id}/sessions`
    @Sendable func sessionsOfUser(_ request: Request, _ identity: Authentication.Identity) throws -> Response {
        let page = try PageQuery(request)
        let sessions = try ask(request) { () throws(AuthError) in
            try authenticator.findSessions(
                ofUser: request.pathParameter("id"), after: page.after, limit: page.limit)
        }
        return .json(page.members(of: sessions, \.members, next: \.id))
    }

    /// `DELETE users/{id}/sessions`
    @Sendable nonisolated(nonsending) func endSessionsOfUser(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        try await change(request) { id throws(AuthError) in
            _ = try await authenticator.endSessions(
                ofUser: id, by: .account(id: identity.accountID), from: request.client)
        }
    }

    /// `GET audit`, newest first, with `user` only what is about the account of that id
    @Sendable func audit(_ request: Request, _ identity: Authentication.Identity) throws -> Response {
        let page = try PageQuery(request)
        let user = try request.queryFields()["user"]
        var sequence: Int64?
        if let after = page.after {
            guard let number = decimal(after) else { throw ErrorReply.invalidField("after", isA: "number") }
            sequence = Int64(number)
        }
        let entries = try ask(request) { () throws(AuthError) in
            try authenticator.findAudit(before: sequence, limit: page.limit, account: user)
        }
        return .json(page.members(of: entries, \.members) { String($0.sequence) })
    }

    private nonisolated(nonsending) func change(
        _ request: Request, _ rule: nonisolated(nonsending) (_ id: String) async throws(AuthError) -> Void
    ) async throws -> Response {
        let id = request.pathParameter("id")
        try await ask(request) { () async throws(AuthError) in try await rule(id) }
        return Response(status: .noContent)
    }
}
