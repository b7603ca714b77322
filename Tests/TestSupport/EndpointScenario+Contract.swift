/// The rows of the HTTP contract. They are independent: each may run alone, in any order, any number of times.
extension EndpointScenario {
    /// For an instance on which `vicky` is registered with `vicky@12345` and registration is open.
    public static let contract: [EndpointScenario] = registering + loggingIn + protected + paths + keySet + sessions

    private static let registering = [
        EndpointScenario(
            "A second registration of a name is refused", .post("/register", vicky), status: 409,
            contains: ["\"code\":\"username_taken\""], excludes: secrets),
        EndpointScenario(
            "A name that differs in case is the same name",
            .post("/api/register", #"{"username":"VICKY","password":"another long one"}"#), status: 409),
        EndpointScenario(
            "A password like the username is refused with the reason",
            .post("/register", #"{"username":"marlene","password":"Marlene1"}"#), status: 422,
            contains: ["\"code\":\"weak_password\"", "\"reasons\":["], excludes: ["Marlene1"]),
        EndpointScenario(
            "A short password is refused with the reason",
            .post("/register", #"{"username":"short","password":"1234567"}"#), status: 422,
            contains: ["\"code\":\"weak_password\"", "too_short"], excludes: ["1234567"]),
        EndpointScenario(
            "A username with a colon is refused with the reason",
            .post("/register", #"{"username":"a:b","password":"long enough for this"}"#), status: 422,
            contains: ["\"code\":\"invalid_username\"", "\"reasons\":["], excludes: ["a:b"]),
        EndpointScenario(
            "A missing field is named", .post("/register", #"{"username":"nobody"}"#), status: 400,
            contains: ["\"code\":\"missing_field\"", "password"]),
        EndpointScenario(
            "A field of another type is named", .post("/register", #"{"username":7,"password":"long enough"}"#),
            status: 400, contains: ["\"code\":\"invalid_field\"", "username"]),
        EndpointScenario(
            "NUL in a password is refused", .post("/register", #"{"username":"nul","password":"abcdefgh\u0000"}"#),
            status: 400),
        EndpointScenario(
            "Broken JSON is refused", .post("/register", #"{"username":"#), status: 400,
            contains: ["\"code\":\"invalid_json\""],
            fields: ["Content-Type": "application/json", "Cache-Control": "no-store"]),
        EndpointScenario(
            "A name twice is refused",
            .post("/login", #"{"username":"vicky","username":"vicky","password":"vicky@12345"}"#),
            status: 400, contains: ["\"code\":\"invalid_json\""]),
        EndpointScenario("No body is refused", .post("/login", ""), status: 400),
        EndpointScenario("A body that is no object is refused", .post("/login", "[]"), status: 400),
        EndpointScenario(
            "A lone surrogate is refused", .post("/login", #"{"username":"\ud800","password":"x"}"#), status: 400),
        EndpointScenario(
            "Bytes that are no UTF-8 are refused",
            ScenarioRequest(
                "POST", "/login", fields: [("Content-Type", "application/json")],
                body: [UInt8](#"{"username":""#.utf8) + [0xFF] + [UInt8](#"","password":"x"}"#.utf8)),
            status: 400),
        EndpointScenario(
            "Another content type is refused", .post("/login", vicky, type: "text/plain"), status: 415,
            contains: ["application/json"]),
        EndpointScenario(
            "A form is refused", .post("/login", vicky, type: "application/x-www-form-urlencoded"), status: 415),
        EndpointScenario("No content type is refused", .post("/login", vicky, type: nil), status: 415),
        EndpointScenario(
            "A content type with its charset is fine", .post("/login", vicky, type: "Application/JSON ; charset=utf-8"),
            status: 200),
        EndpointScenario(
            "A JSON body of more than 16 KiB is refused",
            .post("/login", vicky + String(repeating: " ", count: 16 * 1024)), status: 413),
    ]

    private static let loggingIn = [
        EndpointScenario(
            "The right password gets a token", .post("/login", vicky), status: 200,
            contains: ["\"token\":\"", "\"token_type\":\"Bearer\"", "\"expires_in\":3600"], excludes: secrets,
            fields: [
                "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
                "Content-Type": "application/json; charset=utf-8",
            ]),
        EndpointScenario(
            "It does below the prefix as well, and in another case of the name",
            .post("/api/login", #"{"username":"Vicky","password":"vicky@12345"}"#), status: 200),
        EndpointScenario(
            "A wrong password is refused", .post("/login", #"{"username":"vicky","password":"vicky@12346"}"#),
            status: 401, contains: ["\"error\":\"invalid credentials\""], excludes: ["token"],
            fields: ["WWW-Authenticate": "Bearer"]),
        EndpointScenario(
            "An unknown name is refused alike", .post("/login", #"{"username":"nobody","password":"vicky@12345"}"#),
            status: 401, contains: ["\"error\":\"invalid credentials\""], excludes: ["token"],
            fields: ["WWW-Authenticate": "Bearer"]),
        EndpointScenario(
            "A name that nobody can have is refused alike", .post("/login", #"{"username":"a:b","password":"x"}"#),
            status: 401, contains: ["\"error\":\"invalid credentials\""]),
        EndpointScenario(
            "An empty password is refused alike", .post("/login", #"{"username":"vicky","password":""}"#), status: 401,
            contains: ["\"error\":\"invalid credentials\""]),
        EndpointScenario(
            "A password of 1,025 bytes is refused alike",
            .post("/login", #"{"username":"vicky","password":""# + String(repeating: "x", count: 1025) + #""}"#),
            status: 401, contains: ["\"error\":\"invalid credentials\""]),
    ]

    private static let protected = [
        EndpointScenario(
            "A bare token is let through", .get("/api/posts", authorization: "{token}"), status: 200,
            contains: [#"{"message":"Welcome vicky"}"#], fields: ["Cache-Control": "no-store"]),
        EndpointScenario(
            "A bearer token is let through", .get("/api/posts", authorization: "Bearer {token}"), status: 200,
            contains: [#"{"message":"Welcome vicky"}"#]),
        EndpointScenario(
            "The scheme's case and blanks do not matter", .get("/api/posts", authorization: "bEARER  {token}"),
            status: 200),
        EndpointScenario(
            "No token is told apart from a bad one", .get("/api/posts"), status: 401,
            contains: ["\"error\":\"missing token\""], fields: ["WWW-Authenticate": "Bearer realm=\"gatelodge\""]),
        EndpointScenario(
            "A scheme alone is no token", .get("/api/posts", authorization: "Bearer"), status: 401,
            contains: ["\"error\":\"missing token\""]),
        EndpointScenario(
            "An altered token is refused", .get("/api/posts", authorization: "Bearer {altered}"), status: 401,
            contains: ["\"error\":\"invalid token\""], excludes: ["vicky"],
            fields: ["WWW-Authenticate": "Bearer realm=\"gatelodge\", error=\"invalid_token\""]),
        EndpointScenario(
            "Another scheme is refused", .get("/api/posts", authorization: "Basic dmlja3k6dmlja3lAMTIzNDU="),
            status: 401,
            contains: ["\"error\":\"invalid token\""]),
        EndpointScenario(
            "Two tokens are refused", .get("/api/posts", authorization: "Bearer {token} {token}"), status: 401,
            contains: ["\"error\":\"invalid token\""]),
        EndpointScenario(
            "Garbage is refused", .get("/api/posts", authorization: "Bearer ...."), status: 401,
            contains: ["\"error\":\"invalid token\""]),
        EndpointScenario(
            "A token in the query is none", .get("/api/posts?access_token={token}"), status: 401,
            contains: ["\"error\":\"missing token\""]),
    ]

    private static let paths = [
        EndpointScenario("HEAD is where GET is", ScenarioRequest("HEAD", "/.well-known/jwks.json"), status: 200),
        EndpointScenario(
            "An unknown path is not found", .get("/api/nothing"), status: 404, contains: ["\"code\":\"not_found\""]),
        EndpointScenario(
            "A wrong method is told the right ones", .get("/login"), status: 405,
            contains: ["\"code\":\"method_not_allowed\""], fields: ["Allow": "OPTIONS, POST"]),
        EndpointScenario(
            "A protected path with a wrong method is told the same", .post("/api/posts", vicky), status: 405,
            fields: ["Allow": "GET, HEAD, OPTIONS"]),
        EndpointScenario(
            "OPTIONS tells the methods", ScenarioRequest("OPTIONS", "/api/posts"), status: 204,
            fields: ["Allow": "GET, HEAD, OPTIONS"]),
    ]

    private static let keySet = [
        EndpointScenario(
            "The key set holds public keys alone", .get("/.well-known/jwks.json"), status: 200,
            contains: ["\"keys\":["], excludes: ["\"d\":", "\"k\":", "PRIVATE"], fields: ["Cache-Control": "public"]),
        EndpointScenario("The key set is below the prefix as well", .get("/api/.well-known/jwks.json"), status: 200),
        EndpointScenario(
            "The description is there for everybody, and may be kept", .get("/api/openapi.json"), status: 200,
            contains: [#"{"openapi":"3.1.0""#, #""/api/me":{"get":"#],
            fields: [
                "Cache-Control": "public, max-age=300", "ETag": "\"", "Content-Type": "application/json; charset=utf-8",
                "X-Content-Type-Options": "nosniff",
            ]),
        EndpointScenario(
            "HEAD is there for the description", ScenarioRequest("HEAD", "/api/openapi.json"), status: 200),
        EndpointScenario(
            "The description takes no POST", .post("/api/openapi.json", "{}"), status: 405,
            fields: ["Allow": "GET, HEAD, OPTIONS"]),
        EndpointScenario(
            "OPTIONS tells the methods of the description", ScenarioRequest("OPTIONS", "/api/openapi.json"),
            status: 204,
            fields: ["Allow": "GET, HEAD, OPTIONS"]),
    ]

    private static let vicky = #"{"username":"vicky","password":"vicky@12345"}"#
    private static let secrets = ["vicky@12345", "$2b$"]
}
