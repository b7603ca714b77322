import GatelodgeCommand
import Testing

@Suite struct NginxReaderTests {
    private func read(_ text: String) throws -> [NginxDirective] {
        try NginxConfiguration(root: NginxFile(path: "f", text: text)) { _ in [] }.directives
    }

    @Test func `Words, quotations, comments, variables and expressions are read as nginx reads them`() throws {
        let directives = try read(
            """
            a 'one two' "three \\" four" five\\;six; # a comment; with { what } looks like more
            b ${name}x "^/[a-z]{2,3}$"
                # another
                last { c; }
            """)
        #expect(directives.map(\.name) == ["a", "b"])
        #expect(directives[0].arguments == ["one two", "three \" four", "five\\;six"])
        #expect(directives[1].arguments == ["${name}x", "^/[a-z]{2,3}$", "last"])
        #expect(directives[1].block?.map(\.name) == ["c"])
        #expect(directives.map(\.place) == ["f:1", "f:2"])
        #expect(directives[1].block?.first?.place == "f:4")
    }

    @Test(arguments: ["a", "a {", "a { b; ", "}", ";", "{ }", "a 'b", "a; }", "a_by_lua_block { {"])
    func `What is no configuration is refused`(text: String) {
        #expect(throws: NginxFault.self) { try read(text) }
    }

    @Test func `No cut of a configuration crashes the reader`() throws {
        let bytes = Array(soundNginx.utf8)
        var count = 0
        for end in 0..<bytes.count {
            do { _ = try read(String(decoding: bytes[..<end], as: UTF8.self)) } catch { count += 1 }
        }
        #expect(count > bytes.count / 2)
        #expect(try read(soundNginx).count == 2)
    }

    @Test func `Blocks and files without end are refused`() throws {
        #expect(throws: NginxFault.self) { try read(String(repeating: "a {", count: 10_000)) }
        let loop = NginxFile(path: "/f", text: "include f;")
        #expect(throws: NginxFault(place: "/f:1", reason: "files include one another without end")) {
            try NginxConfiguration(root: loop) { _ in [loop] }
        }
    }

    @Test func `What nginx prints of itself is parted into its files, and included where it belongs`() throws {
        let files = NginxFile.files(
            inDump: """
                nginx: the configuration file is ok
                # configuration file /etc/nginx/nginx.conf:
                user www-data admin;
                http { include conf.d/*.conf; include gatelodge/key[.]conf; }
                # configuration file /etc/nginx/conf.d/a.conf:
                first on;
                # configuration file /etc/nginx/conf.d/deeper/b.conf:
                never on;
                # configuration file /etc/nginx/gatelodge/key.conf:

                second on;
                """)
        let names = ["nginx.conf", "conf.d/a.conf", "conf.d/deeper/b.conf", "gatelodge/key.conf"]
        #expect(files.map(\.path) == names.map { "/etc/nginx/\($0)" })
        let configuration = try NginxConfiguration(dump: files)
        #expect(configuration.directives.last?.block?.map(\.name) == ["first", "second"])
        #expect(configuration.directives.last?.block?.last?.place == "/etc/nginx/gatelodge/key.conf:2")
        #expect(configuration.workerUser?.name == "www-data" && configuration.workerUser?.group == "admin")
        #expect(NginxFile.files(inDump: soundNginx).isEmpty)
    }
}
