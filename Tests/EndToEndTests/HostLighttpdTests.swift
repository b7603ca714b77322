import Foundation
import TestSupport
import Testing

/// lighttpd, which starts Gatelodge and asks it about a folder, with the files of Examples/hosts/lighttpd.
@Suite(.enabled(if: HostSite.hasLighttpd, "lighttpd is not installed"))
struct HostLighttpdTests {
    @Test func `lighttpd starts Gatelodge for the contract, and for its own files`() throws {
        let site = try HostSite()
        try site.installProgram("lib/gatelodge")
        let settings = try HostSite.example("lighttpd/gatelodge.yaml", ["/var/lib/gatelodge": site.path("var")])
        try site.write(settings + HostSite.settings, "gatelodge.yaml")
        try FileManager.default.createDirectory(
            at: site.folder.appending(path: "www/members"), withIntermediateDirectories: true)
        try site.write("PROTECTED", "www/members/page.txt")
        try site.write("OPEN", "www/page.txt")
        try site.startLighttpd(
            HostSite.example(
                "lighttpd/gatelodge.conf",
                [
                    "/run/lighttpd": site.path("run"), "/usr/local/bin": site.path("lib"),
                    "/etc/gatelodge": site.folder.path, "/srv/www": site.path("www"),
                ]))
        try site.contract.expectAll()

        let tokens = try site.contract.logIn()
        let page = ScenarioRequest.get("/members/page.txt", authorization: tokens.access)
        #expect(try site.contract.send(.get("/page.txt")).body == "OPEN")
        #expect(try site.contract.send(page).body == "PROTECTED")
        for authorization in [nil, tokens.access.altered] {
            let refused = try site.contract.send(.get("/members/page.txt", authorization: authorization))
            #expect(refused.status == 401 && !refused.body.contains("PROTECTED"))
        }
        // One process is both, so that whoever has left is refused at once.
        #expect(try site.contract.send(.with(tokens.access, "POST", "/api/logout")).status == 204)
        #expect(try site.contract.send(page).status == 401)
    }
}
