import Foundation
import TestSupport

/// A place of a request where a credential can stand, and what becomes of it there.
struct Place: Sendable {
    let name: String
    /// The request with a credential in its place.
    let request: @Sendable (String) -> ScenarioRequest
    /// What nginx sets.
    var parameters: [(String, String)] = []
    /// The kinds that are good here, with status and code of the answer.
    var accepted: [Wallet.Kind: String] = [:]
    /// The kinds that are refused in a way of their own.
    var refusedOtherwise: [Wallet.Kind: String] = [:]
    /// Status and code for all others.
    let refused: String
    /// Whether a good credential is no longer good afterwards.
    var usesUp = false

    /// All of them. Those that use a credential up come last.
    ///
    /// - Parameters:
    ///   - service: a service, its secret, and a good access token for it to ask about.
    static func all(service: String, serviceSecret: String, token: String) -> [Place] {
        let guarded: [(String, ScenarioRequest, [(String, String)], String)] = [
            ("the protected page", ScenarioRequest("GET", "/api/posts"), [], "200"),
            ("me", ScenarioRequest("GET", "/api/me"), [], "200"),
            ("the sessions", ScenarioRequest("GET", "/api/sessions"), [], "200"),
            (
                "a session", ScenarioRequest("DELETE", "/api/sessions/AAAAAAAAAAAAAAAAAAAAAA"), [],
                "404 session_not_found"
            ),
            (
                "the password",
                .post("/api/password", #"{"current_password":"not the one","new_password":"another long one"}"#), [],
                "403 wrong_password"
            ),
            ("deletion", .post("/api/me/delete", #"{"password":"not the one"}"#), [], "403 wrong_password"),
            ("the door", ScenarioRequest("GET", "/any/page"), [("AUTH_SURFACE", "verify")], "200"),
            (
                "the door of administrators", ScenarioRequest("GET", "/any/page"),
                [("AUTH_SURFACE", "verify"), ("AUTH_ROLE", "admin")], "200"
            ),
            ("users", ScenarioRequest("GET", "/api/admin/users"), [("AUTH_SURFACE", "admin")], "200"),
            ("the audit", ScenarioRequest("GET", "/api/admin/audit"), [("AUTH_SURFACE", "admin")], "200"),
        ]
        return guarded.flatMap { name, request, parameters, outcome in
            inFields(of: request, name, parameters, good: outcome)
        } + members() + introspection(service, serviceSecret, token) + ending()
    }

    /// The fields of a request that asks for an identity, its query, and names that look like the right ones.
    private static func inFields(
        of request: ScenarioRequest, _ name: String, _ parameters: [(String, String)], good: String,
        usesUp: Bool = false
    ) -> [Place] {
        func place(
            _ place: String, _ accepted: [Wallet.Kind: String], _ refused: String,
            _ field: @escaping @Sendable (String) -> (name: String, value: String)
        ) -> Place {
            Place(
                name: "\(place) of \(name)",
                request: { credential in
                    var request = request
                    request.fields += [field(credential), (name: "Sec-Fetch-Site", value: "same-origin")]
                    return request
                }, parameters: parameters, accepted: accepted, refused: refused, usesUp: usesUp)
        }
        let (isToken, isCookie) = ([Wallet.Kind.access: good], [Wallet.Kind.cookie: good])
        return [
            place("bare Authorization", isToken, "401 invalid_token") { ("Authorization", $0) },
            place("Bearer", isToken, "401 invalid_token") { ("Authorization", "Bearer \($0)") },
            place("Basic", [:], "401 invalid_token") { ("Authorization", "Basic \($0)") },
            place("Basic password", [:], "401 invalid_token") { ("Authorization", basic("vicky", $0)) },
            place("the cookie", isCookie, "401 invalid_token") { ("Cookie", "__Host-gatelodge=\($0)") },
            place("the cookie without TLS", [:], "401 missing_token") { ("Cookie", "gatelodge=\($0)") },
            place("another cookie", [:], "401 missing_token") { ("Cookie", "token=\($0)") },
            place("another field", [:], "401 missing_token") { ("X-Auth-Token", $0) },
            Place(
                name: "the query of \(name)",
                request: { credential in
                    var request = request
                    request.path += "?access_token=\(credential)&token=\(credential)"
                    return request
                }, parameters: parameters, refused: "401 missing_token"),
        ]
    }

    /// Members of JSON bodies.
    private static func members() -> [Place] {
        [
            Place(
                name: "password of a login",
                request: { .post("/api/login", #"{"username":"vicky","password":"\#($0)"}"#) },
                refused: "401 invalid_credentials"),
            Place(
                name: "username of a login",
                request: { .post("/api/login", #"{"username":"\#($0)","password":"\#($0)"}"#) },
                refused: "401 invalid_credentials"),
            Place(
                name: "refresh_token of a refresh", request: { .refresh($0) }, accepted: [.refresh: "200"],
                refusedOtherwise: [.endedRefresh: "401 session_revoked"], refused: "401 refresh_invalid"),
            Place(
                name: "invite of a registration",
                request: { credential in
                    let name = "guest-\(UUID().uuidString.prefix(8))"
                    return .post(
                        "/register",
                        #"{"username":"\#(name)","password":"\#(Server.password)","invite":"\#(credential)"}"#)
                }, accepted: [.invite: "200"], refused: "403 invalid_code", usesUp: true),
        ]
    }

    private static func introspection(_ service: String, _ secret: String, _ token: String) -> [Place] {
        @Sendable func form(_ authorization: (name: String, value: String), _ token: String) -> ScenarioRequest {
            var request = ScenarioRequest.post(
                "/api/introspect", "token=\(token)", type: "application/x-www-form-urlencoded")
            request.fields.append(authorization)
            return request
        }
        return [
            Place(
                name: "the service's secret", request: { form(("Authorization", basic(service, $0)), token) },
                accepted: [.serviceSecret: "200 active"], refused: "401 invalid_client"),
            Place(
                name: "the secret of a service that is not there",
                request: { form(("Authorization", basic("vicky", $0)), token) }, refused: "401 invalid_client"),
            Place(
                name: "Bearer of introspection", request: { form(("Authorization", "Bearer \($0)"), token) },
                refused: "401 invalid_client"),
            Place(
                name: "the cookie of introspection", request: { form(("Cookie", "__Host-gatelodge=\($0)"), token) },
                refused: "401 invalid_client"),
            Place(
                name: "token of introspection", request: { form(("Authorization", basic(service, secret)), $0) },
                accepted: [.access: "200 active"], refused: "200 inactive"),
        ]
    }

    /// Where a credential ends its session.
    private static func ending() -> [Place] {
        [
            Place(
                name: "code of a new password",
                request: {
                    .post("/api/password/reset", #"{"code":"\#($0)","new_password":"\#(Server.password)"}"#)
                }, accepted: [.reset: "204"], refused: "403 invalid_code", usesUp: true),
            Place(
                name: "token of a revocation",
                request: { .post("/api/revoke", "token=\($0)", type: "application/x-www-form-urlencoded") },
                accepted: [.access: "200", .refresh: "200"], refused: "200", usesUp: true),
            Place(
                name: "refresh_token of a logout",
                request: { .post("/api/logout", #"{"refresh_token":"\#($0)"}"#) }, accepted: [.refresh: "204"],
                refusedOtherwise: [.endedRefresh: "204"], refused: "401 refresh_invalid", usesUp: true),
        ] + inFields(of: ScenarioRequest("POST", "/api/logout"), "a logout", [], good: "204", usesUp: true)
    }

    private static func basic(_ name: String, _ secret: String) -> String {
        "Basic " + Data("\(name):\(secret)".utf8).base64EncodedString()
    }
}
