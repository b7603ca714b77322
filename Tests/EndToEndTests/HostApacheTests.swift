import Foundation
import TestSupport
import Testing

/// Apache, whose mod_fcgid starts processes of Gatelodge, with the files of Examples/hosts/apache-mod_fcgid.
@Suite(.enabled(if: HostSite.hasApache(with: "fcgid"), "Apache with mod_fcgid is not installed"))
struct HostApacheTests {
    /// Whose configuration names the program.
    enum Form: String, CaseIterable {
        case virtualHost, htaccess

        /// What mod_fcgid starts.
        var program: String { self == .virtualHost ? "lib/gatelodge.fcgi" : "www/gatelodge.fcgi" }
    }

    private static func site(_ form: Form) throws -> HostSite {
        let site = try HostSite()
        try writeSettings(site)
        func example(_ name: String, _ paths: KeyValuePairs<String, String> = [:]) throws -> String {
            try HostSite.example("apache-mod_fcgid/" + name, paths)
        }
        var server = ""
        switch form {
        case .virtualHost:
            try site.installProgram("lib/gatelodge.fcgi")
            server = try example(
                "gatelodge.conf",
                [
                    "/usr/local/lib/gatelodge": site.path("lib"),
                    "/etc/gatelodge/gatelodge.yaml": site.path("gatelodge.yaml"),
                ])
        case .htaccess:
            try site.installProgram("lib/gatelodge")
            try site.write(example("htaccess"), "www/.htaccess")
            try site.write(
                example(
                    "gatelodge.fcgi",
                    [
                        "/home/site/gatelodge/gatelodge.yaml": site.path("gatelodge.yaml"),
                        "/home/site/gatelodge/gatelodge": site.path("lib/gatelodge"),
                    ]), "www/gatelodge.fcgi", isProgram: true)
        }
        try site.startApache(with: "fcgid", handler: ("fcgid-script", ".fcgi"), server: server)
        return site
    }

    private static func writeSettings(_ site: HostSite, _ more: String = "") throws {
        let example = "apache-mod_fcgid/gatelodge.yaml"
        let settings = try HostSite.example(example, ["/home/site/gatelodge": site.path("var")])
        try site.write(settings + HostSite.settings + more, "gatelodge.yaml")
    }

    /// The processes, as whoever may open their sockets reaches each of them.
    private static func processes(_ site: HostSite) throws -> [String: Server] {
        let names = try FileManager.default.contentsOfDirectory(atPath: site.path("run/fcgid"))
        return Dictionary(uniqueKeysWithValues: names.map { ($0, Server(socketPath: site.path("run/fcgid/" + $0))) })
    }

    /// Logs in more and more often at once until there are three processes.
    private static func startThree(_ site: HostSite) throws {
        var times = 3
        while try processes(site).count < 3 {
            guard times <= 50 else { throw Site.Failure(description: "mod_fcgid does not start three processes") }
            for reply in try site.contract.sendAtOnce(.post("/login", HostContract.vicky), times: times) {
                #expect(reply.status == 200, "\(reply.body)")
            }
            times += 1
        }
    }

    @Test(arguments: Form.allCases)
    func `Apache's mod_fcgid serves the contract, and all processes end in time`(_ form: Form) throws {
        let site = try Self.site(form)
        try site.contract.expectAll()
        try Self.startThree(site)
        func lines(_ text: String) -> Int {
            let log = (try? String(contentsOfFile: site.path("var/gatelodge.log"), encoding: .utf8)) ?? ""
            return log.components(separatedBy: #""message":"\#(text)""#).count - 1
        }
        #expect(lines("ready") >= 3 && lines("stopped") == 0)
        site.stop()
        // mod_fcgid kills whoever takes more than three seconds, and then there is no such line.
        #expect(secondsUntil { lines("stopped") == lines("ready") } != nil)
    }

    @Test func `What one process of mod_fcgid ended the others refuse, and all agree about a refresh`() throws {
        let site = try Self.site(.virtualHost)
        #expect(try site.contract.send(.post("/register", HostContract.vicky)).status == 200)
        try Self.startThree(site)
        let processes = Array(try Self.processes(site).values)
        let first = try site.contract.logIn()
        let kept = try site.contract.logIn()
        for process in processes { #expect(try process.accepts(first.access)) }
        // The same answer from each within the grace period, since all are of one instance.
        let successors = Set(try processes.map { try Tokens($0.refresh(first.refresh)).refresh })
        let successor = try #require(successors.first)
        #expect(successors.count == 1)

        #expect(try site.contract.send(.with(first.access, "POST", "/api/logout")).status == 204)
        let seconds = try secondsUntil { try processes.allSatisfy { try !$0.accepts(first.access) } }
        #expect(try #require(seconds) <= noticeLimit)
        for process in processes {
            #expect(try process.refresh(successor).outcome == "401 session_revoked")
            #expect(try process.accepts(kept.access))
        }
    }

    @Test(arguments: Form.allCases)
    func `A program that mv puts in place answers new requests`(_ form: Form) throws {
        let site = try Self.site(form)
        #expect(try site.contract.send(.post("/register", HostContract.vicky)).status == 200)
        try Self.startThree(site)
        let token = try site.contract.logIn().access
        // Whoever starts from now on reads other settings, which shows.
        try Self.writeSettings(site, "jwt:\n  lifetime: 7m\n")
        func lifetimes() throws -> Set<Substring> {
            let replies = try site.contract.sendAtOnce(.post("/login", HostContract.vicky), times: 3)
            return Set(
                replies.map { $0.body.firstMatch(of: /"expires_in":(\d+)/)?.1 ?? "\($0.status) \($0.body)"[...] })
        }
        let old = Set(try Self.processes(site).keys)
        #expect(try lifetimes().contains("3600"))

        let new = site.folder.appending(path: "lib/new")
        try FileManager.default.copyItem(atPath: site.path(form.program), toPath: new.path)
        #expect(unsafe rename(new.path, site.path(form.program)) == 0)
        for _ in 1...5 { #expect(try lifetimes() == ["420"]) }
        #expect(!Set(try Self.processes(site).keys).subtracting(old).isEmpty)
        #expect(try site.contract.send(.get("/api/posts", authorization: token)).status == 200)
    }
}
