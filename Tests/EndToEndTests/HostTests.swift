import Foundation
import TestSupport
import Testing

/// Gatelodge as other web servers start it.
@Suite struct HostTests {
    private let folder: URL

    init() throws {
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder.appending(path: "var"), withIntermediateDirectories: true)
    }

    /// Runs one CGI request as a web server does (RFC 3875).
    private func cgi(_ request: ScenarioRequest, arguments: [String] = []) throws -> (status: Int32, text: String) {
        var environment = Site.environment.merging(["GATEWAY_INTERFACE": "CGI/1.1"]) { $1 }
        environment["HTTP_PROXY"] = "http://127.0.0.1:9"
        for (name, value) in request.parameters { environment[name] = value }
        environment["PATH_INFO"] = environment["SCRIPT_NAME"]
        environment["SCRIPT_NAME"] = "/cgi-bin/gatelodge"
        let child = try Child(Site.binary, arguments, environment: environment, folder: folder, input: request.body)
        return (child.status(), child.text)
    }

    @Test func `CGI requests register, log in and reach the protected page`() throws {
        let vicky = #"{"username":"vicky","password":"vicky@12345"}"#
        let registered = try cgi(.post("/register", vicky))
        #expect(registered.status == 0)
        #expect(registered.text.hasPrefix("Status: 200"))
        #expect(registered.text.hasSuffix(#"{"message":"user registered successfully"}"#))
        let loggedIn = try #require(ScenarioReply(parsing: try cgi(.post("/api/login", vicky)).text))
        let token = try #require(loggedIn.string("token"))
        let welcome = try cgi(.get("/api/posts", authorization: token))
        #expect(welcome.text.hasSuffix(#"{"message":"Welcome vicky"}"#))
    }

    @Test func `What a CGI process refused is in the audit when it has ended`() throws {
        let refused = try cgi(.post("/login", #"{"username":"nobody","password":"vicky@12345"}"#))
        #expect(refused.text.hasPrefix("Status: 401"))
        #expect(try auditRows(in: folder, event: "login") == ["invalid_credentials"])
    }

    @Test func `A query that arrives as arguments runs no command`() throws {
        let reply = try cgi(.get("/api/posts?user+list"), arguments: ["user", "list"])
        #expect(reply.text.hasPrefix("Status: 401"))
        #expect(try cgi(.get("/api/posts"), arguments: ["--help"]).text.hasPrefix("Status: 401"))
    }

    @Test(.promise(76)) func `A body that is shorter than it says is refused`() throws {
        var request = ScenarioRequest.post("/login", "{}")
        let whole = try cgi(request)
        #expect(whole.text.hasPrefix("Status: 400"))
        #expect(whole.text.contains("missing_field"))
        request.fields.append((name: "X", value: "y"))
        var environment = Site.environment.merging(["GATEWAY_INTERFACE": "CGI/1.1"]) { $1 }
        for (name, value) in request.parameters { environment[name] = value }
        environment["CONTENT_LENGTH"] = "3"
        let child = try Child(Site.binary, [], environment: environment, folder: folder, input: [UInt8]("{}".utf8))
        #expect(child.status() == 0)
        #expect(child.text.contains("malformed_request"))
    }

    /// Starts Gatelodge with a listening socket on descriptor 0.
    private func startWorker(_ arguments: [String]) throws -> (child: Child, path: String) {
        let path = folder.appending(path: "handed").path
        unsafe unlink(path)
        let descriptor = try ListeningDescriptor.make(path: path)
        let child = try Child(
            Site.binary, arguments, environment: Site.environment, folder: folder, standardInput: descriptor)
        return (child, path)
    }

    @Test(arguments: [[], ["worker"]])
    func `A listening socket on descriptor 0 is served`(_ arguments: [String]) throws {
        let (child, path) = try startWorker(arguments)
        let client = try RawClient(path: path)
        try client.send(Records.request("GET", "/api/posts"))
        #expect(try client.receiveReply()?.output.hasPrefix("Status: 401") == true)
        child.signal(SIGTERM)
        #expect(child.status() == 0)
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func `With a socket on descriptor 0 no command can be reached`() throws {
        let (child, _) = try startWorker(["user", "list"])
        #expect(child.status() == 1)
        #expect(child.errors.contains("descriptor 0"))
    }

    @Test func `The worker without a socket says what it needs`() throws {
        let child = try Child(Site.binary, ["worker"], environment: Site.environment, folder: folder)
        #expect(child.status() == 1)
        #expect(child.errors.contains("descriptor 0"))
    }
}
