import Foundation
import TestSupport
import Testing

/// Where Debian keeps PHP-FPM.
private let phpFPM = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/sbin"))?.sorted()
    .last { $0.hasPrefix("php-fpm") }

/// The examples that stand behind `auth_request`, with the nginx snippets that they ship.
@Suite struct DoorExampleTests {
    private static let examples = Site.checkout.appending(path: "Examples")

    /// The example's snippet in a door's server, its paths those of this checkout.
    private static func site(_ name: String, replacing others: [String: String] = [:]) throws -> Site {
        var snippet = try String(contentsOf: examples.appending(path: name + "/nginx.conf"), encoding: .utf8)
            // In quotes, since a space of the checkout's path would end it.
            .components(separatedBy: "\n").map { line in
                guard let start = line.firstRange(of: "/srv/" + name)?.lowerBound,
                    let end = line[start...].firstIndex(of: ";")
                else { return line }
                let rest = line[start..<end].dropFirst("/srv/".count + name.count)
                return line[..<start] + "\"" + examples.appending(path: name).path + rest + "\"" + line[end...]
            }.joined(separator: "\n")
        for (text, replacement) in others {
            #expect(snippet.contains(text))
            snippet.replace(text, with: replacement)
        }
        return try Site(configuration: { [snippet] port in
            try String(contentsOf: Site.checkout.appending(path: "nginx/nginx.dev.conf"), encoding: .utf8)
                .replacing("127.0.0.1:8080", with: "127.0.0.1:\(port)")
                // The examples have a sign-in page of their own.
                .replacing("include gatelodge/gatelodge-pages.conf;", with: "")
                .replacing("location / {", with: snippet + "location / {")
        })
    }

    @Test func `Static files are for members, and browsers are sent to sign in`() throws {
        let site = try Self.site("static")
        let token = try #require(try site.registerVicky()["token"])
        let page = "Only members see this page."
        #expect(try site.send(.get("/members/", authorization: token)).body.contains(page))
        let refused = try site.send(.get("/members/"))
        #expect(refused.status == 401 && refused.body.contains("missing_token") && !refused.body.contains(page))
        let browser = try site.send(ScenarioRequest("GET", "/members/?a=b", fields: [("Accept", "text/html")]))
        #expect(browser.status == 303 && browser.fields["location"] == "/sign-in?return=/members/%3Fa%3Db")
        let signIn = try site.send(.get(try #require(browser.fields["location"])))
        #expect(signIn.status == 200 && signIn.body.contains("<form>"))
        #expect(signIn.fields["content-type"] == "text/html")
    }

    @Test func `A browser signs in with a cookie, and leaves`() throws {
        let site = try Self.site("static")
        _ = try site.registerVicky()
        let own = [("Origin", "http://localhost"), ("Content-Type", "application/json")]
        let vicky = [UInt8](#"{"username":"vicky","password":"vicky@12345","cookie":true}"#.utf8)
        let login = try site.send(ScenarioRequest("POST", "/api/login", fields: own, body: vicky))
        #expect(login.status == 200 && !login.body.contains("token"))
        let field = try #require(login.fields["set-cookie"])
        #expect(field.contains("HttpOnly") && field.contains("SameSite=Lax") && field.contains("Path=/"))
        let cookie = String(field.prefix { $0 != ";" })
        func send(_ method: String, _ path: String, _ fields: [(String, String)] = []) throws -> ScenarioReply {
            try site.send(ScenarioRequest(method, path, fields: [("Cookie", cookie)] + fields))
        }
        #expect(try send("GET", "/members/").body.contains("Only members"))
        #expect(try site.send(ScenarioRequest("GET", "/members/", fields: [("Cookie", cookie + "x")])).status == 401)
        // Files do not take POST, but the door comes first.
        #expect(try send("POST", "/members/", [("Origin", "http://localhost")]).status == 405)
        let foreign = try send("POST", "/members/", [("Origin", "http://evil.example")])
        #expect(foreign.status == 403 && foreign.body.contains(#""code":"cross_site""#))
        #expect(try send("POST", "/members/").status == 403)
        let logout = ScenarioRequest(
            "POST", "/api/logout", fields: [("Cookie", cookie)] + own, body: [UInt8]("{}".utf8))
        #expect(try site.send(logout).status == 204)
        #expect(try send("GET", "/members/").status == 401)
    }

    @Test func `A Python application knows its user`() throws {
        let folder = try TemporaryFolder()
        let socket = folder.url.appending(path: "notes.sock").path
        let program = Self.examples.appending(path: "python/app.py").path
        let python = try Child(URL(filePath: "/usr/bin/env"), ["python3", program, socket], folder: folder.url)
        defer { python.end() }
        try #require(python.wait { (try? RawClient(path: socket)) != nil }, "\(python.errors)")

        let site = try Self.site("python", replacing: ["/run/notes/notes.sock": socket])
        func token(of name: String) throws -> String {
            let account = #"{"username":"\#(name)","password":"vicky@12345"}"#
            _ = try site.sendPastNginx(.post("/register", account))
            return try #require(try site.sendPastNginx(.post("/login", account)).string("token"))
        }
        let (zoë, walter) = (try token(of: "<zoë>"), try token(of: "walter"))
        let forged = [("X-Auth-User-Id", "forged"), ("X-Auth-User", "forged"), ("X_Auth_User_Id", "forged")]
        var keep = ScenarioRequest.post("/notes/", "note=%3Cmine%3E", type: "application/x-www-form-urlencoded")
        #expect(try site.send(keep).status == 401)
        keep.fields.append((name: "Authorization", value: zoë))
        #expect(try site.send(keep).status == 303)
        func notes(_ token: String) throws -> ScenarioReply {
            try site.send(ScenarioRequest("GET", "/notes/", fields: [("Authorization", token)] + forged))
        }
        let hers = try notes(zoë)
        #expect(hers.status == 200 && hers.body.contains("<h1>Notes of &lt;zoë&gt;</h1>"))
        #expect(hers.body.contains("<li>&lt;mine&gt;</li>") && !hers.body.contains("forged"))
        let his = try notes(walter)
        #expect(his.body.contains("Notes of walter") && !his.body.contains("mine"))
        #expect(try site.send(ScenarioRequest("GET", "/notes/", fields: forged)).status == 401)
        // Past nginx nobody is named, and then nobody is served.
        let direct = try RawClient(path: socket)
        try direct.send([UInt8]("GET /notes/ HTTP/1.0\r\n\r\n".utf8))
        #expect(String(decoding: try direct.receiveToEnd(), as: UTF8.self).contains("500 Internal Server Error"))
    }

    @Test(.enabled(if: phpFPM != nil, "PHP-FPM is not installed"))
    func `A PHP application knows its user`() throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // what is left in the temporary folder hurts nobody
        let socket = folder.appending(path: "php").path
        let file = folder.appending(path: "fpm.conf")
        try """
        [global]
        error_log = \(folder.path)/fpm.log
        daemonize = no
        [example]
        \(geteuid() == 0 ? "user = root\ngroup = root" : "")
        listen = \(socket)
        pm = static
        pm.max_children = 1

        """.write(to: file, atomically: true, encoding: .utf8)
        let program = URL(fileURLWithPath: "/usr/sbin/" + (try #require(phpFPM)))
        let fpm = try Child(program, ["-F", "-n", "-R", "-y", file.path], folder: folder)
        defer { fpm.end() }
        try #require(fpm.wait { (try? RawClient(path: socket)) != nil }, "\(fpm.errors)")

        let site = try Self.site("php", replacing: ["/run/php/php-fpm.sock": socket])
        let vicky = #"{"username":"<zoë>","password":"vicky@12345"}"#
        _ = try site.sendPastNginx(.post("/register", vicky))
        let token = try #require(try site.sendPastNginx(.post("/login", vicky)).string("token"))
        let forged = [("X-Auth-User", "forged"), ("X-Auth-User-Id", "forged"), ("X-Auth-Roles", "editor")]
        let reply = try site.send(
            ScenarioRequest("GET", "/app/a/b?c=d", fields: [("Authorization", token)] + forged))
        #expect(reply.status == 200)
        #expect(reply.body.contains("Hello &lt;zoë&gt;."))
        #expect(!reply.body.contains("forged") && !reply.body.contains("You may edit"))
        let refused = try site.send(ScenarioRequest("GET", "/app/", fields: forged))
        #expect(refused.status == 401 && !refused.body.contains("Hello"))
    }
}
