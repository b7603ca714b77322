import Foundation
import TestSupport
import Testing

/// The operator's list of passwords, from the file to the answers.
@Suite struct PasswordListCommandTests {
    @Test(.promise(9))
    func `What the list holds nobody may have, by request or by command, and a reload takes a new list`()
        throws
    {
        let site = try Site(["GATELODGE_RELOAD_TRIAL": "0s"], withNginx: false)
        let list = site.folder.appending(path: "list").path
        let setting = ["GATELODGE_RELOAD_TRIAL": "0s", "GATELODGE_PASSWORD_LIST": list]
        try write("parson's egg\ntree house\n", list)
        try site.restart(setting)

        let refused = try site.server.ask(register("vicky", "Tree House"))
        #expect(refused.status == 422)
        #expect(refused.body.contains(#""reasons":["common"]"#))
        #expect(try site.server.ask(register("vicky", "correct horse battery")).status == 200)
        let tokens = try site.server.logIn("vicky")
        let change = try site.server.ask(
            .with(
                tokens.access, "POST", "/api/password",
                #"{"current_password":"correct horse battery","new_password":"tree house"}"#))
        #expect(change.status == 422 && change.body.contains(#""reasons":["common"]"#))
        let reset = try site.run("user", "invite", "--reset", "vicky").output
        let forgotten = try site.server.ask(
            .post("/api/password/reset", #"{"code":"\#(reset)","new_password":"tree house"}"#))
        #expect(forgotten.status == 422 && forgotten.body.contains(#""reasons":["common"]"#), "\(forgotten.body)")
        for arguments in [["user", "add", "other"], ["user", "password", "vicky"]] {
            let result = try CommandResult(arguments, in: site.folder, settings: setting, input: "tree house\n")
            #expect(result.status == 1)
            #expect(result.errors.contains("this password cannot be used: common"), "\(result.errors)")
        }

        // A list that cannot be searched stops the reload and not the service.
        try write("tree house\nparson's egg\n", list)
        let broken = try site.run("reload")
        #expect(broken.status != 0)
        #expect(try site.server.ask(register("other", "tree house")).status == 422)
        let check = try site.run("check")
        #expect(check.status == 1)
        #expect(check.errors.contains("password.list"), "\(check.errors)")
        #expect(check.errors.contains("is not sorted at line 2"), "\(check.errors)")
        #expect(!(check.errors + check.text).contains("parson"))

        try write("another bird\n", list)
        #expect(try site.run("reload").status == 0)
        #expect(try site.server.ask(register("other", "another bird")).status == 422)
        #expect(try site.server.ask(register("other", "tree house")).status == 200)
    }

    private func register(_ name: String, _ password: String) -> ScenarioRequest {
        .post("/register", #"{"username":"\#(name)","password":"\#(password)"}"#)
    }

    /// As `mv` does: another file in the place.
    private func write(_ text: String, _ path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
