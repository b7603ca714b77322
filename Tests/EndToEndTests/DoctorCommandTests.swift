import Foundation
import Testing

/// `gatelodge doctor` on real folders and a real instance.
@Suite struct DoctorCommandTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            let severity: String
            let code: String
            let place: String?
            let sentence: String
            let remedy: String
        }

        let findings: [Finding]
        let skipped: [String]

        var errors: [String] { findings.filter { $0.severity == "error" }.map(\.code) }
    }

    private func doctor(_ arguments: [String], in folder: URL, _ settings: [String: String] = [:]) throws -> (
        Int32, Report
    ) {
        let result = try CommandResult(["doctor", "--json"] + arguments, in: folder, settings: settings)
        return (result.status, try JSONDecoder().decode(Report.self, from: Data(result.text.utf8)))
    }

    @Test
    func `Of a sound instance behind the nginx that is shipped it finds no error, and of a spoilt one what was spoilt`()
        throws
    {
        let closed = ["GATELODGE_REGISTRATION": "closed"]
        let site = try Site(closed)
        let nginx = ["--nginx", "var/nginx/nginx.conf"]
        let (status, report) = try doctor(nginx, in: site.folder, closed)
        #expect(report.errors == [], "\(report.findings)")
        // The machine may well deserve a warning.
        #expect(status == (report.findings.isEmpty ? 0 : 1))

        let key = site.folder.appending(path: "var/gatelodge.db.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key.path)
        let file = site.folder.appending(path: "var/nginx/nginx.conf")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacing("location / {", with: "location /door/ { auth_request /none; return 200; }\nlocation / {")
            .write(to: file, atomically: true, encoding: .utf8)
        let (spoilt, errors) = try doctor(nginx, in: site.folder, closed)
        #expect(spoilt == 2)
        #expect(Set(errors.errors) == ["master_key_mode", "nginx_return_bypasses", "nginx_door_missing"])
        let text2 = try CommandResult(["doctor"] + nginx, in: site.folder, settings: closed)
        #expect(text2.status == 2)
        #expect(text2.text.contains("error  master_key_mode  var/gatelodge.db.key\n"))
        #expect(text2.text.contains("chmod 600 var/gatelodge.db.key"))
        // It changed nothing.
        #expect(try FileManager.default.attributesOfItem(atPath: key.path)[.posixPermissions] as? Int == 0o644)
    }

    @Test func `An nginx that nobody can read, and settings that are wrong, are findings`() throws {
        let folder = try TemporaryFolder()
        let (missing, report) = try doctor(["--nginx", "none.conf"], in: folder.url)
        #expect(missing == 2)
        #expect(report.errors == ["nginx_unreadable"])
        let (wrong, problems) = try doctor(
            [], in: folder.url, ["GATELODGE_PREFIX": "api", "GATELODGE_PASSWORD_COST": "99"])
        #expect(wrong == 2)
        #expect(problems.errors == ["settings_refused", "settings_refused"])
    }

    @Test func `A damaged database is found`() throws {
        let folder = try TemporaryFolder()
        #expect(try CommandResult(["check"], in: folder.url).status == 0)
        try "http { }".write(to: folder.url.appending(path: "n"), atomically: true, encoding: .utf8)
        #expect(try doctor(["--nginx", "n"], in: folder.url).1.errors == [])
        let handle = try FileHandle(forUpdating: folder.url.appending(path: "var/gatelodge.db"))
        try handle.seek(toOffset: 4_096)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
        try handle.close()
        let (status, report) = try doctor(["--nginx", "n"], in: folder.url)
        #expect(status == 2)
        #expect(report.errors == ["database_damaged"] || report.errors == ["database_refused"])
    }
}
