import Foundation
import TestSupport
import Testing

/// Web servers that start Gatelodge for each request, with the files of Examples/hosts/cgi.
@Suite struct HostCGITests {
    /// The script of the example, for a program and settings of ours.
    private static func script(_ site: HostSite, _ program: String) throws -> String {
        try HostSite.example(
            "cgi/gatelodge.cgi",
            [
                "/home/site/gatelodge/gatelodge.yaml": site.path("gatelodge.yaml"),
                "/home/site/gatelodge/gatelodge": program,
            ])
    }

    private static func site() throws -> HostSite {
        let site = try HostSite()
        try site.installProgram("lib/gatelodge")
        let settings = try HostSite.example("cgi/gatelodge.yaml", ["/home/site/gatelodge": site.path("var")])
        try site.write(settings + HostSite.settings, "gatelodge.yaml")
        return site
    }

    @Test(.enabled(if: HostSite.hasApache(with: "cgid"), "Apache is not installed"))
    func `Apache starts Gatelodge for each request`() throws {
        let site = try Self.site()
        try site.write(Self.script(site, site.path("lib/gatelodge")), "www/gatelodge.cgi", isProgram: true)
        try site.write(HostSite.example("cgi/htaccess", [:]), "www/.htaccess")
        try site.startApache(with: "cgid", handler: ("cgi-script", ".cgi"))
        try site.contract.expectAll()
        // The script's own address does as well.
        let token = try site.contract.logIn().access
        for path in ["/gatelodge.cgi/api/posts", "/gatelodge.cgi/api/posts?user+list"] {
            #expect(try site.contract.send(.get(path, authorization: token)).body.contains("Welcome vicky"))
            #expect(try site.contract.send(.get(path)).status == 401)
        }
        #expect(try site.contract.send(.get("/gatelodge.cgi?user+list", authorization: token)).status == 404)
    }

    @Test(.enabled(if: HostSite.hasLighttpd, "lighttpd is not installed"))
    func `lighttpd starts Gatelodge for each request`() throws {
        let site = try Self.site()
        try site.write(Self.script(site, site.path("lib/gatelodge")), "lib/gatelodge.cgi", isProgram: true)
        try site.startLighttpd(HostSite.example("cgi/lighttpd.conf", ["/home/site/cgi": site.path("lib")]))
        try site.contract.expectAll()
    }

    @Test func `What one request ended the next one refuses`() throws {
        let site = try Self.site()
        func ask(_ request: ScenarioRequest) throws -> ScenarioReply {
            var environment = ["GATEWAY_INTERFACE": "CGI/1.1", "GATELODGE_SETTINGS": site.path("gatelodge.yaml")]
            for (name, value) in request.parameters { environment[name] = value }
            let child = try Child(Site.binary, [], environment: environment, input: request.body)
            #expect(child.status() == 0)
            return try #require(ScenarioReply(parsing: child.text))
        }
        #expect(try ask(.post("/register", HostContract.vicky)).status == 200)
        let tokens = try Tokens(ask(.post("/login", HostContract.vicky)))
        let kept = try Tokens(ask(.refresh(tokens.refresh)))
        #expect(try ask(.get("/api/posts", authorization: kept.access)).status == 200)
        #expect(try ask(.with(kept.access, "POST", "/api/logout")).status == 204)
        #expect(try ask(.get("/api/posts", authorization: kept.access)).outcome == "401 invalid_token")
        #expect(try ask(.refresh(kept.refresh)).outcome == "401 session_revoked")
    }

    @Test(.promise(77)) func `The script hands on no argument and no proxy`() throws {
        let site = try Self.site()
        try site.write("#!/bin/sh\necho ARGUMENTS=$#\nenv\n", "lib/show", isProgram: true)
        try site.write(Self.script(site, site.path("lib/show")), "www/gatelodge.cgi", isProgram: true)
        let environment = [
            "GATEWAY_INTERFACE": "CGI/1.1", "HTTP_HOST": "localhost", "HTTP_PROXY": "http://127.0.0.1:9",
            "PATH": "/usr/bin:/bin",
        ]
        let script = try Child(
            URL(fileURLWithPath: site.path("www/gatelodge.cgi")), ["user", "list"], environment: environment)
        #expect(script.status() == 0)
        let lines = script.text.split(separator: "\n")
        #expect(lines.contains("ARGUMENTS=0") && lines.contains("HTTP_HOST=localhost"))
        #expect(lines.contains("GATELODGE_SETTINGS=\(site.path("gatelodge.yaml"))"[...]))
        #expect(!lines.contains { $0.hasPrefix("HTTP_PROXY=") })
    }
}
