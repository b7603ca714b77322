internal import ArgumentParser
internal import Authentication

extension UserCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the accounts by name: id, state, time of registration, roles, username.")

        @Argument(help: "What the usernames begin with; all where it is left away.")
        var beginning: String?

        @Flag(help: "Print the accounts as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let users = try await answer(authenticator) { () async throws(AuthError) in
                var users: [UserEntry] = []
                var last: String?
                while true {
                    let page = try authenticator.findUsers(matching: beginning, after: last, limit: 500)
                    guard let next = page.last else { return users }
                    // A list for people need not wait for its end.
                    for user in page.map({ UserEntry($0) }) {
                        if json { users.append(user) } else { print(user.line) }
                    }
                    last = next.canonicalUsername
                }
            }
            if json { print(try users.json()) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one account.")

        @Argument(help: "The username.")
        var username: String

        @Flag(help: "Print the account as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let user = try await answer(authenticator) { () async throws(AuthError) in
                let user = try authenticator.findUser(named: username)
                return UserEntry(user, sessions: try authenticator.findSessions(ofUser: user.id, limit: 1_000))
            }
            print(json ? try user.json() : user.paragraph)
        }
    }

    struct Sessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the sessions of an account, or end them all.",
            discussion: "The columns: id, kind, begun, last used, address, user agent.")

        @Argument(help: "The username.")
        var username: String

        @Flag(help: "End them instead, and refuse their tokens.")
        var end = false

        @Flag(help: "Print the sessions as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func validate() throws {
            if end, json { throw ValidationError("--end and --json exclude each other") }
        }

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let sessions = try await answer(authenticator) { () async throws(AuthError) in
                let user = try authenticator.findUser(named: username)
                if end {
                    print("ended \(try await authenticator.endSessions(ofUser: user.id, by: .operator))")
                    return [SessionEntry]()
                }
                return try authenticator.findSessions(ofUser: user.id, limit: 1_000).map(SessionEntry.init)
            }
            if json { return print(try sessions.json()) }
            for session in sessions { print(session.line) }
        }
    }
}
