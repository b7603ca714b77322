import Foundation
import TestSupport
import Testing

/// `gatelodge service` beside a running instance.
@Suite struct ServiceCommandTests {
    @Test func `A service may ask from when it is added until it is removed`() throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        let token = try site.server.logIn("vicky").access
        func introspect(_ name: String, _ secret: String) throws -> String {
            var request = ScenarioRequest.post(
                "/api/introspect", "token=\(token)", type: "application/x-www-form-urlencoded")
            let value = Data("\(name):\(secret)".utf8).base64EncodedString()
            request.fields.append((name: "Authorization", value: "Basic \(value)"))
            let reply = try site.server.ask(request)
            return reply.status == 200 && reply.body.contains(#""active":true"#) ? "active" : reply.outcome
        }
        let secret = try site.run("service", "add", "reports").output
        let other = try site.run("service", "add", "a:b_c-1").output
        #expect(secret.hasPrefix("gls_") && secret.utf8.count == 47)
        #expect(secret != other)
        #expect(try introspect("reports", secret) == "active")
        #expect(try introspect("reports", other) == "401 invalid_client")
        #expect(try introspect("Reports", secret) == "401 invalid_client")
        let list = try site.run("service", "list").rows
        #expect(list.map { $0.last } == ["a:b_c-1", "reports"])
        #expect(list.allSatisfy { $0.count == 2 && $0[0].hasSuffix("Z") })

        let again = try site.run("service", "add", "reports")
        #expect(again.status == 1 && again.errors == "gatelodge: a service of this name exists\n")
        #expect(again.text.isEmpty)
        #expect(try introspect("reports", secret) == "active")
        #expect(try site.run("service", "remove", "reports").status == 0)
        #expect(try introspect("reports", secret) == "401 invalid_client")
        let missing = try site.run("service", "remove", "reports")
        #expect(missing.status == 1 && missing.errors == "gatelodge: there is no service of this name\n")
        #expect(try site.run("service", "list").rows.map { $0.last } == ["a:b_c-1"])
    }

    @Test(arguments: ["", "Reports", "a b", "ä", String(repeating: "a", count: 33)])
    func `A name of another form is refused`(name: String) throws {
        let folder = try TemporaryFolder()
        let result = try CommandResult(["service", "add", name], in: folder.url)
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("gatelodge: the name of a service is "))
        #expect(try CommandResult(["service", "list"], in: folder.url).text.isEmpty)
        #expect(try CommandResult(["service", "add", String(repeating: "a", count: 32)], in: folder.url).status == 0)
    }
}
