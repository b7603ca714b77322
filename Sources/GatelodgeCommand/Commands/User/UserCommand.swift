internal import ArgumentParser

/// `gatelodge user`: the accounts of an instance, whether it is running or not.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add accounts, list and change them, invite people, move in and out.",
        discussion: """
            A running instance notices each change within a second. Passwords are asked for, or read from standard input \
            without one newline at the end.
            """,
        subcommands: [
            Add.self, List.self, Show.self, SetPassword.self, SetRoles.self, Disable.self, Enable.self, Unlock.self,
            Delete.self, Sessions.self, Invite.self, Import.self, Export.self,
        ])
}
