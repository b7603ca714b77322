internal import ArgumentParser
internal import Authentication
internal import Gatelodge

extension UserCommand {
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a code with which somebody may register, or set a new password.",
            discussion: """
                A code works once. To register, it is the member `invite` of the request; with the setting \
                `registration: invite` nobody registers without one. With --reset it is for one account, whose sessions end \
                at once: `POST /api/password/reset` takes it as `code`, together with `new_password`.
                """)

        @Option(help: ArgumentHelp("Let this account set a new password.", valueName: "username"))
        var reset: String?

        @Option(name: .customLong("role"), help: "A role of the account that registers; may be given several times.")
        var roles: [String] = []

        @Option(help: ArgumentHelp("How long the code works, such as 1h or 7d.", valueName: "duration"))
        var validFor: String?

        @OptionGroup var settings: SettingsOptions

        func validate() throws {
            if reset != nil, !roles.isEmpty { throw ValidationError("--reset and --role exclude each other") }
            if let validFor, lifetime == nil {
                throw ValidationError("\"\(validFor)\" is no duration, such as 1h or 7d")
            }
        }

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            try await answer(authenticator) { () async throws(AuthError) in
                if let reset {
                    print(try await authenticator.makeReset(named: reset, lifetime: lifetime ?? .seconds(86_400)))
                } else {
                    print(
                        try await authenticator.makeInvite(
                            roles: Roles(parsing: roles), lifetime: lifetime ?? .seconds(7 * 86_400)))
                }
            }
        }

        private var lifetime: Duration? {
            validFor.flatMap { WrittenDuration($0)?.duration }.flatMap { $0 >= .seconds(1) ? $0 : nil }
        }
    }
}
