internal import Authentication
internal import FastCGI
internal import HTTPTypes
internal import JSON

extension LoggedIn {
    /// The tokens, in the form of RFC 6749 §5.1 but for the name of the first member, which the contract fixes; or the cookie,
    /// and then no token for a script of the page to read.
    ///
    /// - Parameter cookieLifetime: how long a browser keeps the cookie, which is as long as a session may last. How long it may
    ///   stand idle is judged here.
    func response(to request: Request, cookieLifetime: Duration) -> Response {
        let refreshSeconds = refreshLifetime.components.seconds
        if let cookie {
            let field = SessionCookie.field(
                cookie, maximumAgeSeconds: cookieLifetime.components.seconds, for: request)
            return .json(
                ["username": .string(identity.username), "expires_in": .integer(refreshSeconds)],
                headerFields: HTTPFields([field]))
        }
        var members = JSONObject()
        if let accessToken { members["token"] = .string(accessToken) }
        members["token_type"] = "Bearer"
        members["expires_in"] = .integer(lifetime.components.seconds)
        if let refreshToken { members["refresh_token"] = .string(refreshToken) }
        members["refresh_expires_in"] = .integer(refreshSeconds)
        return .json(.object(members))
    }
}

extension Request {
    /// Takes the cookie away, where the browser has one.
    var fieldsWithoutCookie: HTTPFields {
        guard let cookie = try? sessionCookie(), !cookie.isEmpty else { return [:] }
        return HTTPFields([SessionCookie.field("", maximumAgeSeconds: 0, for: self)])
    }
}
