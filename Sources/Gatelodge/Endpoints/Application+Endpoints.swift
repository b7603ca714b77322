internal import Authentication
internal import FastCGI
internal import HTTPTypes

extension Application {
    /// The endpoints of the HTTP contract. Those that nginx forwards without a prefix stand at the root as well.
    mutating func addEndpoints() {
        let endpoints = Endpoints(
            authenticator: authenticator, gatekeeper: gatekeeper, cookieLifetime: settings.session.absolute,
            logins: metrics.logins, description: APIDescription(prefix: settings.prefix, metrics: metrics),
            logger: logger)
        let prefix = settings.prefix
        // With the prefix `/` both are one.
        for path in Set(["/register", prefix + "register"]) { post(path, endpoints.register) }
        for path in Set(["/login", prefix + "login"]) { post(path, endpoints.logIn) }
        for path in Set(["/.well-known/jwks.json", prefix + ".well-known/jwks.json"]) { get(path, endpoints.keySet) }
        get(prefix + "openapi.json", endpoints.describe)
        post(prefix + "refresh", endpoints.refresh)
        post(prefix + "logout", endpoints.logOut)
        post(prefix + "password/reset", endpoints.resetPassword)
        post(prefix + "introspect", endpoints.introspect)
        post(prefix + "revoke", endpoints.revoke)
        own(.get, prefix + "sessions", endpoints.sessions)
        own(.delete, prefix + "sessions/{id}", endpoints.endSession)
        own(.get, prefix + "me", endpoints.me)
        own(.post, prefix + "password", endpoints.changePassword)
        own(.post, prefix + "me/delete", endpoints.deleteMe)
        addAdministration(endpoints, below: prefix + "admin/")
    }

    private mutating func addAdministration(_ endpoints: Endpoints, below base: String) {
        administered(.get, base + "users", endpoints.users)
        administered(.post, base + "users", endpoints.addUser)
        administered(.get, base + "users/{id}", endpoints.user)
        administered(.delete, base + "users/{id}", endpoints.deleteUser)
        administered(.post, base + "users/{id}/disable", endpoints.disableUser)
        administered(.post, base + "users/{id}/enable", endpoints.enableUser)
        administered(.post, base + "users/{id}/unlock", endpoints.unlockUser)
        administered(.put, base + "users/{id}/roles", endpoints.updateRoles)
        administered(.put, base + "users/{id}/password", endpoints.setPassword)
        administered(.get, base + "users/{id}/sessions", endpoints.sessionsOfUser)
        administered(.delete, base + "users/{id}/sessions", endpoints.endSessionsOfUser)
        administered(.post, base + "invites", endpoints.addInvite)
        administered(.get, base + "audit", endpoints.audit)
        administered(.get, base + "status") { [report = statusReporter] _, _ in .json(report().json) }
    }

    /// What the rules know of whoever asks, and not only what a handler is told.
    private typealias OwnHandler = @Sendable (Request, Authentication.Identity) async throws -> Response

    /// A route for everyone who has logged in.
    private mutating func own(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping OwnHandler) {
        let gatekeeper = gatekeeper
        on(method, path) { request in try await handler(request, gatekeeper.identity(of: request)) }
    }

    /// A route for administrators, where nginx says that they may be reached.
    private mutating func administered(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping OwnHandler) {
        let gatekeeper = gatekeeper
        on(method, path, surface: .admin) { request in
            let identity = try gatekeeper.identity(of: request)
            try Protection.role("admin").check(identity.roles)
            return try await handler(request, identity)
        }
    }
}
