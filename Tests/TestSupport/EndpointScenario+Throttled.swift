/// The rows of the contract for those who have tried too often.
extension EndpointScenario {
    /// The settings of the instance that these rows are for, as variables.
    public static let throttlingSettings = [
        "GATELODGE_THROTTLE_ENABLED": "true", "GATELODGE_THROTTLE_ACCOUNT_ADDRESS": "1",
        "GATELODGE_THROTTLE_REGISTRATIONS": "1",
    ]

    /// What brings it about that these rows hold, once `vicky` is registered and `{token}` is had.
    public static let exhausting: [ScenarioRequest] = [
        .post("/login", #"{"username":"vicky","password":"a wrong password"}"#),
        .post("/login", #"{"username":"nobody","password":"a wrong password"}"#),
    ]

    /// Each is answered after ``exhausting``, in any order, any number of times.
    public static let throttled: [EndpointScenario] = [
        row("A wrong password is not judged any more", login("vicky", "another wrong one")),
        row("Nor is the right one", login("vicky", "vicky@12345")),
        row("Nor that of a name that nobody has", login("nobody", "another wrong one")),
        row("Nor one that is too long", login("vicky", String(repeating: "x", count: 1_025))),
        row("Nor is a present password", with("POST", "/api/password", #""current_password":"x","new_password":"y""#)),
        row("Nor one that confirms the end of an account", with("POST", "/api/me/delete", #""password":"x""#)),
        row(
            "Nobody else registers from there",
            .post("/register", #"{"username":"other","password":"correct horse"}"#)),
        row(
            "Nor is it said that a name is taken",
            .post("/api/register", #"{"username":"vicky","password":"correct horse"}"#)),
        EndpointScenario(
            "A session goes on", .get("/api/posts", authorization: "Bearer {token}"), status: 200,
            contains: ["Welcome vicky"]),
        EndpointScenario(
            "A password that may not be set costs no attempt",
            .post("/register", #"{"username":"other","password":"password"}"#), status: 422,
            contains: [#""code":"weak_password""#, #""reasons":["common"]"#]),
    ]

    private static func row(_ name: String, _ request: ScenarioRequest) -> EndpointScenario {
        EndpointScenario(
            name, request, status: 429,
            contains: [#""error":"too many attempts""#, #""code":"throttled""#, #""request_id":""#],
            excludes: ["vicky", "taken", "credentials"],
            fields: [
                "Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
                "WWW-Authenticate": "",
            ])
    }

    private static func login(_ name: String, _ password: String) -> ScenarioRequest {
        .post("/login", #"{"username":"\#(name)","password":"\#(password)"}"#)
    }

    private static func with(_ method: String, _ path: String, _ members: String) -> ScenarioRequest {
        ScenarioRequest(
            method, path, fields: [("Authorization", "Bearer {token}"), ("Content-Type", "application/json")],
            body: [UInt8]("{\(members)}".utf8))
    }
}

extension ScenarioReply {
    /// Whole seconds that the reply asks to wait, as RFC 9110 §10.2.3 writes them.
    public var retryAfterSeconds: Int? {
        guard let text = fields["retry-after"], text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}
