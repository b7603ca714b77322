internal import ArgumentParser
internal import Authentication
internal import Gatelodge

extension UserCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add an account.")

        @Argument(help: "The username.")
        var username: String

        @Option(name: .customLong("role"), help: "A role of the account; may be given several times.")
        var roles: [String] = []

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let password = try PasswordInput.read(isNew: true).text
            try await answer(authenticator) { () async throws(AuthError) in
                let user = try await authenticator.addUser(
                    username: username, password: password, roles: Roles(parsing: roles), by: .operator, from: .local)
                print("added \(user.username) as \(user.id)")
            }
        }
    }

    struct SetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password", abstract: "Give an account another password, and end its sessions.")

        @Argument(help: "The username.")
        var username: String

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let password = try PasswordInput.read(isNew: true).text
            try await answer(authenticator) { () async throws(AuthError) in
                try await authenticator.setPassword(username: username, to: password)
            }
        }
    }
}
