internal import Authentication
internal import FastCGI
internal import HTTPTypes
internal import JSON

extension Endpoints {
    /// `POST /api/refresh`
    @Sendable nonisolated(nonsending) func refresh(_ request: Request) async throws -> Response {
        let token = try request.jsonObject().string("refresh_token")
        let loggedIn = try await ask(request) { () async throws(AuthError) in
            try await authenticator.refresh(token, from: request.client)
        }
        return loggedIn.response(to: request, cookieLifetime: cookieLifetime)
    }

    /// `POST /api/logout`: of the session of a refresh token in the body, or else of the credential that the request carries.
    @Sendable nonisolated(nonsending) func logOut(_ request: Request) async throws -> Response {
        let members = request.body.isEmpty ? [:] : try request.jsonObject()
        let scope = try members.scope()
        if let token = try members.optionalString("refresh_token") {
            try await ask(request) { () async throws(AuthError) in
                try await authenticator.logOut(refreshToken: token, scope: scope, from: request.client)
            }
        } else {
            let identity = try gatekeeper.identity(of: request)
            try await ask(request) { () async throws(AuthError) in
                try await authenticator.logOut(identity, scope: scope, from: request.client)
            }
        }
        return Response(status: .noContent, headerFields: scope == .others ? [:] : request.fieldsWithoutCookie)
    }

    /// `GET /api/sessions`
    @Sendable func sessions(_ request: Request, _ identity: Authentication.Identity) throws -> Response {
        let page = try PageQuery(request)
        let sessions = try ask(request) { () throws(AuthError) in
            try authenticator.findSessions(of: identity, after: page.after, limit: page.limit)
        }
        return .json(page.members(of: sessions, \.members, next: \.id))
    }

    /// `DELETE /api/sessions/{id}`
    @Sendable nonisolated(nonsending) func endSession(
        _ request: Request, _ identity: Authentication.Identity
    ) async throws -> Response {
        let id = request.pathParameter("id")
        try await ask(request) { () async throws(AuthError) in
            try await authenticator.endSession(id, of: identity, from: request.client)
        }
        return Response(status: .noContent)
    }
}

extension JSONObject {
    /// Which sessions to log out of; this one where nothing else is said.
    fileprivate func scope() throws(ErrorReply) -> LogoutScope {
        guard let name = try optionalString("scope") else { return .this }
        guard let scope = LogoutScope(rawValue: name) else {
            throw .invalidField("scope", isA: #""this", "others" or "all""#)
        }
        return scope
    }
}
