internal import ArgumentParser
internal import Authentication

extension UserCommand {
    struct SetRoles: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "role", abstract: "Give an account exactly these roles.",
            discussion: """
                A role is made of a-z, 0-9, ":", "_" and "-". Without any the account has none. Tokens that say something \
                else are refused from now on; sessions go on, and refresh them. `admin` opens the endpoints of administrators.
                """)

        @Argument(help: "The username.")
        var username: String

        @Argument(help: "The roles.")
        var roles: [String] = []

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            try await settings.change(username) { authenticator, id throws(AuthError) in
                try await authenticator.updateRoles(id: id, to: Roles(parsing: roles), by: .operator)
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep an account from being used, and end its sessions.")

        @Argument(help: "The username.")
        var username: String

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            try await settings.change(username) { authenticator, id throws(AuthError) in
                try await authenticator.updateState(id: id, isDisabled: true, by: .operator)
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a disabled account be used again.")

        @Argument(help: "The username.")
        var username: String

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            try await settings.change(username) { authenticator, id throws(AuthError) in
                try await authenticator.updateState(id: id, isDisabled: false, by: .operator)
            }
        }
    }

    struct Unlock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget the wrong passwords of an account, so that its owner need not wait.")

        @Argument(help: "The username.")
        var username: String

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            try await settings.change(username) { authenticator, id throws(AuthError) in
                try await authenticator.unlock(id: id, by: .operator)
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete an account for good.",
            discussion: "Its sessions end. Its name stays taken, so that nobody else can pass for its owner.")

        @Argument(help: "The username.")
        var username: String

        @Flag(help: "Do it. Without this nothing is done.")
        var yes = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            guard yes else { throw failure("this cannot be undone; say --yes to delete the account") }
            try await settings.change(username) { authenticator, id throws(AuthError) in
                try await authenticator.deleteUser(id: id, by: .operator)
            }
        }
    }
}

extension SettingsOptions {
    /// Changes the account of a name.
    fileprivate func change(
        _ username: String, _ rule: (Authenticator, _ id: String) async throws(AuthError) -> Void
    ) async throws {
        let authenticator = try openAuthenticator()
        try await answer(authenticator) { () async throws(AuthError) in
            try await rule(authenticator, authenticator.findUser(named: username).id)
        }
    }
}
