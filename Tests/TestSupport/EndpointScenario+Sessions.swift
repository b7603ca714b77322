/// The rows about sessions and services; independent like the others, so none of them ends the session of `{token}`.
extension EndpointScenario {
    static let sessions = protectedEndpoints + refreshing + passwords + forms + crossSite

    private static let protectedEndpoints =
        [
            ("GET", "/api/me", ""), ("GET", "/api/sessions", ""), ("DELETE", "/api/sessions/x", ""),
            ("POST", "/api/logout", ""), ("POST", "/api/password", "{}"), ("POST", "/api/me/delete", "{}"),
        ].flatMap { method, path, body in
            [
                EndpointScenario(
                    "\(method) \(path) without a credential is refused", request(method, path, body), status: 401,
                    contains: ["\"code\":\"missing_token\""],
                    fields: ["WWW-Authenticate": "Bearer realm=", "Cache-Control": "no-store"]),
                EndpointScenario(
                    "\(method) \(path) with an altered token is refused",
                    request(method, path, body, authorization: "{altered}"), status: 401,
                    contains: ["\"code\":\"invalid_token\""],
                    fields: ["WWW-Authenticate": #"Bearer realm="gatelodge", error="invalid_token""#]),
                EndpointScenario(
                    "\(path) says which methods it takes", ScenarioRequest("OPTIONS", path), status: 204,
                    fields: ["Allow": allowed(method)]),
                EndpointScenario(
                    "\(path) takes no PATCH", ScenarioRequest("PATCH", path), status: 405,
                    fields: ["Allow": allowed(method)]),
            ]
        } + [
            EndpointScenario(
                "Who asks is told who that is", .get("/api/me", authorization: "Bearer {token}"), status: 200,
                contains: ["\"username\":\"vicky\"", "\"roles\":[]", "\"created\":\"20"],
                excludes: ["$2", "password"]),
            EndpointScenario(
                "The session that asks is marked", .get("/api/sessions", authorization: "{token}"), status: 200,
                contains: ["\"current\":true", "\"items\":["], excludes: ["glr_", "token_hash"]),
            EndpointScenario(
                "A session that is not there is not found",
                ScenarioRequest(
                    "DELETE", "/api/sessions/AAAAAAAAAAAAAAAAAAAAAA", fields: [("Authorization", "{token}")]),
                status: 404, contains: ["\"code\":\"session_not_found\""]),
            EndpointScenario(
                "An id of another form is not found",
                ScenarioRequest("DELETE", "/api/sessions/..%2f", fields: [("Authorization", "{token}")]), status: 404),
        ]

    private static let refreshing = [
        EndpointScenario(
            "An access token does not refresh", .post("/api/refresh", #"{"refresh_token":"{token}"}"#), status: 401,
            contains: ["\"code\":\"refresh_invalid\""]),
        EndpointScenario(
            "Refreshing needs the token", .post("/api/refresh", "{}"), status: 400,
            contains: ["\"code\":\"missing_field\"", "refresh_token"]),
        EndpointScenario(
            "A refresh token of another type is named", .post("/api/refresh", #"{"refresh_token":7}"#), status: 400,
            contains: ["\"code\":\"invalid_field\""]),
        EndpointScenario(
            "Refreshing takes JSON alone",
            .post("/api/refresh", "refresh_token=x", type: "application/x-www-form-urlencoded"), status: 415),
        EndpointScenario("Refreshing is a POST", .get("/api/refresh"), status: 405, fields: ["Allow": "OPTIONS, POST"]),
        EndpointScenario(
            "A scope that is none is refused",
            ScenarioRequest(
                "POST", "/api/logout", fields: [("Authorization", "{token}"), ("Content-Type", "application/json")],
                body: [UInt8](#"{"scope":"everybody"}"#.utf8)), status: 400, contains: ["scope"]),
    ]

    private static let passwords = [
        EndpointScenario(
            "A change of password needs the present one",
            request(
                "POST", "/api/password", #"{"current_password":"not it at all","new_password":"another long one"}"#,
                authorization: "{token}"), status: 403, contains: ["\"code\":\"wrong_password\""],
            excludes: ["not it at all", "another long one"]),
        EndpointScenario(
            "A weak new password is refused",
            request(
                "POST", "/api/password", #"{"current_password":"vicky@12345","new_password":"vicky"}"#,
                authorization: "{token}"), status: 422, contains: ["\"code\":\"weak_password\""]),
        EndpointScenario(
            "Deleting the account needs the password",
            request("POST", "/api/me/delete", #"{"password":"not it at all"}"#, authorization: "{token}"), status: 403,
            contains: ["\"code\":\"wrong_password\""]),
        EndpointScenario(
            "A reset needs a code that was given",
            .post("/api/password/reset", #"{"code":"gli_made-up","new_password":"another long one"}"#), status: 403,
            contains: ["\"code\":\"invalid_code\""], excludes: ["made-up"]),
    ]

    private static let forms = [
        EndpointScenario(
            "Introspection needs a service", form("/api/introspect", "token={token}"), status: 401,
            contains: ["\"error\":\"invalid_client\""], excludes: ["active"], fields: ["WWW-Authenticate": "Basic "]),
        EndpointScenario(
            "A user's token is no service's credential",
            form("/api/introspect", "token={token}", authorization: "Bearer {token}"), status: 401,
            contains: ["\"error\":\"invalid_client\""]),
        EndpointScenario("An unknown token is revoked all the same", form("/api/revoke", "token=unknown"), status: 200),
        EndpointScenario(
            "A form without a token is refused", form("/api/revoke", "other=x"), status: 400,
            contains: ["\"error\":\"invalid_request\""]),
        EndpointScenario(
            "A field twice is refused", form("/api/revoke", "token=a&token=b"), status: 400,
            contains: ["\"error\":\"invalid_request\""]),
        EndpointScenario(
            "Revocation takes forms alone", .post("/api/revoke", #"{"token":"x"}"#), status: 415,
            contains: ["\"error\":\"invalid_request\""]),
    ]

    private static let crossSite = [
        EndpointScenario(
            "A page of another site cannot log anybody in",
            ScenarioRequest(
                "POST", "/login", fields: [("Content-Type", "application/json"), ("Origin", "https://evil.example")],
                body: [UInt8](vicky.utf8)), status: 403, contains: ["\"code\":\"cross_site\""],
            fields: ["Access-Control-Allow-Origin": "", "Set-Cookie": ""]),
        EndpointScenario(
            "A browser that says that the site is another one is believed",
            ScenarioRequest(
                "POST", "/api/refresh",
                fields: [("Content-Type", "application/json"), ("Sec-Fetch-Site", "cross-site")],
                body: [UInt8](#"{"refresh_token":"x"}"#.utf8)), status: 403, contains: ["\"code\":\"cross_site\""]),
        EndpointScenario(
            "The site's own page is let through",
            ScenarioRequest(
                "POST", "/api/refresh",
                fields: [("Content-Type", "application/json"), ("Sec-Fetch-Site", "same-origin")],
                body: [UInt8](#"{"refresh_token":"x"}"#.utf8)), status: 401,
            contains: ["\"code\":\"refresh_invalid\""]),
        EndpointScenario(
            "A cookie that somebody made up is refused",
            ScenarioRequest(
                "GET", "/api/me",
                fields: [("Cookie", "__Host-gatelodge=glc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]),
            status: 401, contains: ["\"code\":\"invalid_token\""]),
        EndpointScenario(
            "An access token is no cookie",
            ScenarioRequest("GET", "/api/me", fields: [("Cookie", "__Host-gatelodge={token}")]), status: 401,
            contains: ["\"code\":\"invalid_token\""]),
    ]

    private static func allowed(_ method: String) -> String {
        ["GET": "GET, HEAD, OPTIONS", "DELETE": "DELETE, OPTIONS", "POST": "OPTIONS, POST"][method] ?? ""
    }

    private static let vicky = #"{"username":"vicky","password":"vicky@12345"}"#

    private static func request(
        _ method: String, _ path: String, _ json: String, authorization: String? = nil
    ) -> ScenarioRequest {
        var fields: [(String, String)] = []
        if let authorization { fields.append(("Authorization", authorization)) }
        if !json.isEmpty { fields.append(("Content-Type", "application/json")) }
        return ScenarioRequest(method, path, fields: fields, body: [UInt8](json.utf8))
    }

    private static func form(_ path: String, _ fields: String, authorization: String? = nil) -> ScenarioRequest {
        var header = [("Content-Type", "application/x-www-form-urlencoded")]
        if let authorization { header.append(("Authorization", authorization)) }
        return ScenarioRequest("POST", path, fields: header, body: [UInt8](fields.utf8))
    }
}
