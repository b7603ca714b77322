internal import ArgumentParser
internal import Authentication
internal import Glibc

extension UserCommand {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add accounts from a file, with the password hashes that they have elsewhere.",
            discussion: """
                One JSON object a line, CSV with column names, or a file of Apache's htpasswd. Members and columns: \
                username, password_hash, roles, disabled, created, id. Passwords in plain text are not taken.

                bcrypt hashes stay as they are. Others (argon2, scrypt, PBKDF2, crypt, htpasswd's) are verified at the first \
                login and replaced by bcrypt then.

                An import that was interrupted can be run again: what is there with the same hash is left alone. The exit \
                status is 1 where a line was refused; the others are imported.
                """)

        @Argument(help: "The file; \"-\" for standard input.", completion: .file())
        var file: String

        @Option(help: "ndjson, csv or htpasswd; found out from the first line where nothing is said.")
        var format: ImportFormat?

        @Option(
            help: ArgumentHelp(
                "What happens to an account that is there with another hash: replacing also ends its sessions.",
                valueName: "report|keep|replace"))
        var existing = ExistingAccounts.report

        @Flag(help: "Change nothing; say what would be done.")
        var dryRun = false

        @Flag(help: "Print what was done as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let descriptor = try open()
            defer { close(descriptor) }
            let reader = try read(descriptor)
            let authenticator = try settings.openAuthenticator()
            var run = ImportRun(reader, isDryRun: dryRun, existing: existing, totalBytes: size(of: descriptor))
            try await answer(authenticator) { () async throws(AuthError) in try await run.finish(authenticator) }
            print(json ? try run.report.json() : run.report.text)
            if !json { complain(of: run.report) }
            if let fault = run.readFault { throw failure("\(file) cannot be read on: \(fault.reason)") }
            if run.report.problemCount > 0 { throw ExitCode(1) }
        }

        private func open() throws -> Int32 {
            if file == "-" { return dup(STDIN_FILENO) }
            let descriptor = unsafe Glibc.open(file, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw failure("\(file): \(unsafe String(cString: strerror(errno)))") }
            return descriptor
        }

        private func read(_ descriptor: Int32) throws -> RecordReader {
            do {
                return try RecordReader(LineReader(descriptor: descriptor), format: format)
            } catch let fault as ImportFault {
                throw failure("line \(fault.line): \(fault.reason)")
            } catch let fault as ReadFault {
                throw failure("\(file): \(fault.reason)")
            }
        }

        /// Of a file; what comes through a pipe has none.
        private func size(of descriptor: Int32) -> Int? {
            var status = stat()
            guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return status.st_size
        }

        private func complain(of report: ImportReport) {
            for problem in report.problems { GatelodgeCommand.complain("line \(problem.line): \(problem.reason)") }
            let rest = report.problemCount - report.problems.count
            if rest > 0 { GatelodgeCommand.complain("and \(rest) more") }
        }
    }
}
