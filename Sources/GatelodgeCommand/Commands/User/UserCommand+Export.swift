internal import ArgumentParser
internal import Authentication

extension UserCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the accounts with their password hashes, as `gatelodge user import` reads them.",
            discussion: """
                A file gets mode 0600, and its name when it is whole. Deleted accounts are left out; so are, in the format \
                htpasswd, disabled ones and those whose hash Apache does not know, which are counted. Whoever reads the export can \
                try passwords as fast as his machine hashes: keep it as you keep the database.
                """)

        @Argument(help: "The file to write; standard output where none is named.", completion: .file())
        var file: String?

        @Option(help: "ndjson or htpasswd.")
        var format = ExportFormat.ndjson

        @Flag(help: "Let the export take the place of a file that is there.")
        var force = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            defer { authenticator.close() }
            var destination = try ExportDestination(path: file)
            // Before anything is out of the database.
            try await answer { () async throws(AuthError) in try await authenticator.recordExport() }
            var (written, leftOut) = (0, 0)
            var last: String?
            repeat {
                let page = try await answer { () async throws(AuthError) in try authenticator.exportUsers(after: last) }
                for user in page.users {
                    guard let line = format.line(user) else {
                        leftOut += 1
                        continue
                    }
                    try destination.write(line)
                    written += 1
                }
                last = page.next
            } while last != nil
            try destination.finish(replacing: force)
            complain("\(written) accounts written" + (leftOut > 0 ? ", \(leftOut) left out" : ""))
        }
    }
}
