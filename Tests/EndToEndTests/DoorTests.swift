import Foundation
import TestSupport
import Testing

/// `auth_request` with a real nginx.
@Suite struct DoorTests {
    private static let json = "application/json"

    @Test(.promise(81)) func `Only a good token opens a location, whatever stands behind it`() throws {
        let door = try DoorSite()
        let token = try door.token()
        for port in [door.site.port, door.carelessPort] {
            for (path, text) in [
                ("/private/secret.txt", DoorSite.secret), ("/fastcgi/a", "APPLICATION"), ("/proxy/a", "GET /proxy/a"),
            ] {
                // Twice, as a cache would want it.
                for _ in 1...2 {
                    let allowed = try door.send("GET", path, ["Authorization": "Bearer " + token], port: port)
                    #expect(allowed.status == 200 && allowed.body.contains(text), "\(path)")
                    let missing = try door.send("GET", path, port: port)
                    #expect(missing.status == 401 && !missing.body.contains(text), "\(path)")
                    let altered = try door.send("GET", path, ["Authorization": "Bearer " + token.altered], port: port)
                    #expect(altered.status == 401 && !altered.body.contains(text), "\(path)")
                }
            }
        }
        // What is not protected stays as it was.
        #expect(try door.send("GET", "/open/open.txt").body == "OPEN")
        #expect(try door.send("GET", "/.well-known/jwks.json").status == 200)
        #expect(try door.send("GET", "/private/none.txt", ["Authorization": token]).status == 404)
    }

    @Test(.promise(58)) func `A refusal says why, as JSON with its challenge`() throws {
        let door = try DoorSite()
        let token = try door.token()
        let path = "/private/secret.txt"
        let missing = try door.send("GET", path, ["Accept": "*/*"])
        #expect(missing.status == 401)
        #expect(missing.body.hasPrefix(#"{"error":"missing token","code":"missing_token","request_id":""#))
        #expect(missing.fields["content-type"] == Self.json)
        #expect(missing.fields["www-authenticate"] == #"Bearer realm="gatelodge""#)
        #expect(missing.fields["cache-control"] == "no-store")
        #expect(missing.fields["x-content-type-options"] == "nosniff")
        let altered = try door.send("GET", path, ["Authorization": token.altered])
        #expect(altered.body.hasPrefix(#"{"error":"invalid token","code":"invalid_token","request_id":""#))
        #expect(altered.fields["www-authenticate"] == #"Bearer realm="gatelodge", error="invalid_token""#)
        // A 403 of nginx's own is not one of ours.
        let own = try door.send("GET", "/private/below/", ["Authorization": token])
        #expect(own.status == 403)
        #expect(own.body.hasPrefix(#"{"error":"forbidden","code":"forbidden","request_id":""#))
        let head = try door.send("HEAD", path)
        #expect(head.status == 401 && head.body == "")
        #expect(head.fields["www-authenticate"] == #"Bearer realm="gatelodge""#)
        #expect(try door.send("HEAD", path, ["Authorization": token]).status == 200)
    }

    @Test func `A browser that asks for a page is sent to sign in, and back to this site alone`() throws {
        let door = try DoorSite()
        let token = try door.token()
        let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        func location(_ path: String) throws -> String? {
            let reply = try door.send("GET", path, ["Accept": accept])
            #expect(reply.status == 303 && !reply.body.contains(DoorSite.secret))
            #expect(reply.fields["cache-control"] == "no-store")
            return reply.fields["location"]
        }
        #expect(try location("/private/secret.txt") == "/sign-in?return=/private/secret.txt")
        #expect(try location("/private/a?b=c&d=%2F") == "/sign-in?return=/private/a%3Fb%3Dc%26d%3D%252F")
        #expect(try location("//private/secret.txt") == "/sign-in?return=/")
        #expect(try location("/private/../private/secret.txt") == "/sign-in?return=/")
        #expect(try location("http://evil.example/private/secret.txt") == "/sign-in?return=/private/secret.txt")
        #expect(
            try location("/private/%0d%0aSet-Cookie:a=b") == "/sign-in?return=/private/%250d%250aSet-Cookie%3Aa%3Db")
        let allowed = try door.send("GET", "/private/secret.txt", ["Accept": accept, "Authorization": token])
        #expect(allowed.body == DoorSite.secret)
        // Signing in again gives no role.
        let forbidden = try door.send("GET", "/editors/secret.txt", ["Accept": accept, "Authorization": token])
        #expect(forbidden.status == 403 && forbidden.fields["location"] == nil)
    }

    @Test(.promise(81)) func `Roles and ages are asked for, and a mistake of the operator's lets nobody in`() throws {
        let door = try DoorSite()
        let editor = try door.token(of: "eddie", roles: "author editor")
        let reader = try door.token(of: "reader", roles: "editors")
        for port in [door.site.port, door.carelessPort] {
            func send(_ path: String, _ token: String?) throws -> ScenarioReply {
                try door.send("GET", path + "secret.txt", token.map { ["Authorization": $0] } ?? [:], port: port)
            }
            #expect(try send("/editors/", editor).body == DoorSite.secret)
            let refused = try send("/editors/", reader)
            #expect(refused.status == 403)
            #expect(refused.body.contains(#""code":"insufficient_role""#))
            #expect(try send("/editors/", nil).status == 401)
            #expect(try send("/private/", reader).body == DoorSite.secret)
            #expect(try send("/lately/", reader).body == DoorSite.secret)
            for path in ["/mistaken/", "/misspelled/"] {
                for token in [editor, reader, nil] {
                    let failed = try send(path, token)
                    #expect(failed.status == 503 && !failed.body.contains(DoorSite.secret), "\(path)")
                    #expect(failed.body.contains(#""code":"unavailable""#) && failed.fields["retry-after"] == "1")
                }
            }
        }
        // Until its second is over the password was shown just now.
        #expect(
            door.site.gatelodge.wait {
                (try? door.send("GET", "/just-now/secret.txt", ["Authorization": reader]).status) == 401
            })
        let old = try door.send("GET", "/just-now/secret.txt", ["Authorization": reader])
        #expect(old.body.contains(#""code":"reauthentication_required""#))
        #expect(
            old.fields["www-authenticate"]?.hasSuffix(#"error="insufficient_user_authentication", max_age="1""#) == true
        )
        #expect(try door.send("GET", "/lately/secret.txt", ["Authorization": reader]).status == 200)
    }

    @Test(.promise(81)) func `While Gatelodge is down or silent nobody passes`() throws {
        let door = try DoorSite()
        let token = try door.token()
        func reply(_ port: UInt16) throws -> ScenarioReply {
            try door.send("GET", "/private/secret.txt", ["Authorization": token], port: port)
        }
        let ports = [door.site.port, door.carelessPort]
        for port in ports { #expect(try reply(port).body == DoorSite.secret) }
        // Long enough for nginx to give up.
        let worker = try #require(ProcessTree(processID: door.site.gatelodge.processID).workers.first)
        kill(worker, SIGSTOP)
        #expect(door.site.gatelodge.wait { ProcessTree.isStopped(worker) })
        for port in ports {
            let silent = try reply(port)
            #expect(silent.status == 503 && !silent.body.contains(DoorSite.secret))
            #expect(silent.body.contains(#""code":"unavailable""#) && silent.fields["retry-after"] == "1")
        }
        kill(worker, SIGCONT)
        #expect(door.site.gatelodge.wait { (try? reply(ports[0]).status) == 200 })
        door.site.gatelodge.signal(SIGKILL)
        _ = door.site.gatelodge.status()
        #expect(secondsUntil { ProcessTree.isGone(worker) } != nil)
        for port in ports {
            let down = try reply(port)
            #expect(down.status == 503 && !down.body.contains(DoorSite.secret))
            #expect(down.body.contains(#""code":"unavailable""#))
        }
        try door.site.restart()
        for port in ports { #expect(try reply(port).body == DoorSite.secret) }
    }

    /// Every spelling of a field that an application could take for one of ours.
    private static let forgeries: [(String, String)] = ["User", "User-Id", "Roles", "Session", "Expires"].flatMap {
        name in
        let dashed = "X-Auth-" + name
        return [
            dashed, dashed.uppercased(), dashed.lowercased(), dashed.replacing("-", with: "_"),
            dashed.uppercased().replacing("-", with: "_"), "X_Auth-" + name, "X-Auth_" + name,
            "X-Auth-" + name.replacing("-", with: "_"),
        ].map { ($0, "forged") }
    }

    @Test(.promise(78)) func `A client cannot say who it is, in no spelling`() throws {
        let door = try DoorSite()
        let token = try door.token(of: "zoë", roles: "editor author")
        for port in [door.site.port, door.carelessPort] {
            func body(_ path: String, _ fields: [(String, String)]) throws -> String {
                let all = fields + [("Authorization", "Bearer " + token), ("X-Other", "control")]
                let reply = try HTTPClient.send(ScenarioRequest("GET", path, fields: all), port: port)
                #expect(reply.status == 200)
                #expect(reply.body.contains("control"))
                return reply.body
            }
            for forged in [Self.forgeries] + Self.forgeries.map({ [$0] }) {
                let fastCGI = try body("/fastcgi/a", forged)
                #expect(!fastCGI.contains("forged"), "\(forged.first!.0)")
                for line in [
                    "HTTP_X_AUTH_USER=zo%C3%AB", "AUTH_USER=zo%C3%AB", "REMOTE_USER=zo%C3%AB",
                    "AUTH_ROLES=editor,author",
                ] {
                    #expect(fastCGI.split(separator: "\n").count { $0 == line } == 1, "\(line)")
                }
                let http = try body("/proxy/a", forged)
                #expect(!http.contains("forged"), "\(forged.first!.0)")
                for line in ["X-Auth-User: zo%C3%AB", "X-Auth-Roles: editor,author"] {
                    #expect(http.split(separator: "\r\n").count { $0 == line } == 1, "\(line)")
                }
            }
            // Neither can it ask for a surface, or say what a location asks for.
            for name in ["AUTH_SURFACE", "Auth-Surface", "AUTH-KEY", "Auth-Role"] {
                #expect(
                    try door.send("GET", "/api/posts", [name: "verify", "Authorization": token], port: port).status
                        == 200)
                #expect(
                    try door.send("GET", "/api/nothing", [name: "verify", "Authorization": token], port: port).status
                        == 404 || port == door.carelessPort)
            }
        }
        // nginx does let underscores in there, so that the test means something.
        let control = try door.send(
            "GET", "/proxy/a", ["Authorization": token, "X_Plain": "b"], port: door.carelessPort)
        #expect(control.body.contains("X_Plain: b"))
    }

    @Test func `The door is not to be seen from outside`() throws {
        let door = try DoorSite()
        let token = try door.token()
        for path in ["/.gatelodge/verify", "/.gatelodge/verify-editors", "/.gatelodge/verify/", "//.gatelodge/verify"] {
            let reply = try door.send("GET", path, ["Authorization": token])
            #expect(reply.status == 404)
            #expect(reply.fields["x-auth-user"] == nil)
        }
    }

    @Test func `A body goes to the application, whole`() throws {
        let door = try DoorSite()
        let token = try door.token()
        let body = [UInt8](repeating: UInt8(ascii: "a"), count: 90_000)
        let fields = ["Authorization": token]
        #expect(try door.send("POST", "/fastcgi/a", fields, body: body).body.hasSuffix("BODY=90000\n"))
        #expect(
            try door.send("POST", "/proxy/a", fields, body: body).body.hasSuffix(
                "\r\n\r\n" + String(repeating: "a", count: 90_000)))
        #expect(try door.send("POST", "/fastcgi/a", body: body).status == 401)
    }

    @Test func `The largest account logs in and passes, and the application is told all of it`() throws {
        let door = try DoorSite()
        let name = String(repeating: "\u{1F600}", count: 64)
        let roles = (10..<26).map { String(repeating: "r", count: 30) + "\($0)" }
        _ = try door.token(of: name, roles: roles.joined(separator: " "))
        let login = try door.site.send(.post("/login", #"{"username":"\#(name)","password":"vicky@12345"}"#))
        let tokens = try Tokens(login)
        let refreshed = try Tokens(door.site.send(.refresh(tokens.refresh)))
        #expect(refreshed.access.utf8.count > 1_500)
        let fields = ["Authorization": "Bearer " + refreshed.access]
        for port in [door.site.port, door.carelessPort] {
            #expect(try door.send("GET", "/private/secret.txt", fields, port: port).body == DoorSite.secret)
            let user = String(repeating: "%F0%9F%98%80", count: 64)
            for path in ["/fastcgi/a", "/proxy/a"] {
                let told = try door.send("GET", path, fields, port: port).body
                #expect(told.contains(roles.joined(separator: ",")) && told.contains(user), "\(path)")
            }
        }
    }

    @Test(.promise(81)) func `OPTIONS needs a credential, and long header fields are no way in`() throws {
        let door = try DoorSite()
        let token = try door.token()
        let preflight = ["Origin": "https://a.example", "Access-Control-Request-Method": "POST"]
        #expect(try door.send("OPTIONS", "/proxy/a", preflight).status == 401)
        #expect(try door.send("OPTIONS", "/proxy/a", preflight.merging(["Authorization": token]) { $1 }).status == 200)
        let path = "/private/secret.txt"
        let long = String(repeating: "a", count: 7000)
        let fields = ["Cookie": "a=" + long, "X-A": long, "X-B": long]
        #expect(try door.send("GET", path, fields).status == 401)
        #expect(try door.send("GET", path, fields.merging(["Authorization": token]) { $1 }).body == DoorSite.secret)
        #expect(try door.send("GET", path, ["Authorization": token + long]).status == 401)
        let many = (0..<400).map { ("X-\($0)", "a") }
        #expect(try HTTPClient.send(ScenarioRequest("GET", path, fields: many), port: door.site.port).status == 401)
        let let400 = ScenarioRequest("GET", path, fields: many + [("Authorization", token)])
        #expect(try HTTPClient.send(let400, port: door.site.port).body == DoorSite.secret)
    }

    @Test func `Without the right key nginx gets nothing from Gatelodge`() throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // what is left in the temporary folder hurts nobody
        let key = folder.appending(path: "key").path
        #expect(
            FileManager.default.createFile(
                atPath: key, contents: Data("Zt7-key-of-the-test\n".utf8), attributes: [.posixPermissions: 0o600]))
        for (written, isRight) in [("Zt7-key-of-the-test", true), ("Zt7-key-of-the-tesT", false), (nil, false)]
            as [(String?, Bool)]
        {
            let site = try Site(["GATELODGE_FASTCGI_KEY_FILE": key], key: written)
            let login = try site.send(.post("/register", #"{"username":"vicky","password":"vicky@12345"}"#))
            #expect(login.status == (isRight ? 200 : 403))
            #expect(login.body.contains("wrong_key") == !isRight)
            #expect(try site.sendPastNginx(.get("/.well-known/jwks.json")).status == 403)
            #expect(try site.send(.get("/.well-known/jwks.json")).status == (isRight ? 200 : 403))
            site.gatelodge.signal(SIGTERM)
            _ = site.gatelodge.status()
            #expect(!site.gatelodge.errors.contains("Zt7"))
        }
    }
}
