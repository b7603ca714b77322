internal import Authentication
internal import FastCGI
internal import HTTPTypes
internal import JSON

extension Endpoints {
    /// `POST /api/register`
    @Sendable nonisolated(nonsending) func register(_ request: Request) async throws -> Response {
        let members = try request.jsonObject()
        let credentials = try Credentials(members)
        let invite = try members.optionalString("invite")
        _ = try await ask(request) { () async throws(AuthError) in
            try await authenticator.register(
                username: credentials.username, password: credentials.password, invite: invite, from: request.client)
        }
        return .json(["message": "user registered successfully"])
    }

    /// `POST /api/login`
    @Sendable nonisolated(nonsending) func logIn(_ request: Request) async throws -> Response {
        let client = request.client
        logins.count(client.address)
        let members = try request.jsonObject()
        let credentials = try Credentials(members)
        let asCookie = try members.optionalBoolean("cookie") ?? false
        let loggedIn = try await ask(request) { () async throws(AuthError) in
            try await authenticator.logIn(
                username: credentials.username, password: credentials.password, asCookie: asCookie, from: client)
        }
        return loggedIn.response(to: request, cookieLifetime: cookieLifetime)
    }

    /// `POST /api/password/reset`: a new password for whoever has a code of `gatelodge user invite --reset`.
    @Sendable nonisolated(nonsending) func resetPassword(_ request: Request) async throws -> Response {
        let members = try request.jsonObject()
        let (code, password) = (try members.string("code"), try members.string("new_password"))
        try await ask(request) { () async throws(AuthError) in
            try await authenticator.resetPassword(code: code, to: password, from: request.client)
        }
        return Response(status: .noContent)
    }

    /// `GET /api/me`
    @Sendable func me(_ request: Request, _ identity: Authentication.Identity) throws -> Response {
        let user = try ask(request) { () throws(AuthError) in try authenticator.findUser(identity) }
        return .json(.object(user.ownMembers))
    }

    /// `POST /api/password`
    @Sendable nonisolated(nonsending) func changePassword(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        let members = try request.jsonObject()
        let (current, new) = (try members.string("current_password"), try members.string("new_password"))
        try await ask(request) { () async throws(AuthError) in
            try await authenticator.updatePassword(of: identity, current: current, to: new, from: request.client)
        }
        return Response(status: .noContent)
    }

    /// `POST /api/me/delete`
    @Sendable nonisolated(nonsending) func deleteMe(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        let password = try request.jsonObject().string("password")
        try await ask(request) { () async throws(AuthError) in
            try await authenticator.deleteAccount(of: identity, password: password, from: request.client)
        }
        return Response(status: .noContent, headerFields: request.fieldsWithoutCookie)
    }
}
