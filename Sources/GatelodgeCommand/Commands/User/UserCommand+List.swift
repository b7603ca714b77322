internal import ArgumentParser
internal import Authentication

extension UserCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the accounts by name: id, state, time of registration, roles, username.")

        @Argument(help: "What the usernames begin with; all where it is left away.")
        var beginning: String?

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            try await answer(authenticator) { () async throws(AuthError) in
                var last: String?
                while true {
                    let page = try authenticator.findUsers(matching: beginning, after: last, limit: 500)
                    for user in page {
                        print(row(user.id, user.state, time(user.createdUnixSeconds), user.roleList, user.username))
                    }
                    guard let next = page.last else { return }
                    last = next.canonicalUsername
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one account.")

        @Argument(help: "The username.")
        var username: String

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            try await answer(authenticator) { () async throws(AuthError) in
                let user = try authenticator.findUser(named: username)
                let sessions = try authenticator.findSessions(ofUser: user.id, limit: 1_000)
                print("username    \(user.username)")
                print("id          \(user.id)")
                print("state       \(user.state)")
                print("roles       \(user.roleList)")
                print("registered  \(time(user.createdUnixSeconds))")
                print("sessions    \(sessions.count)")
                if let last = sessions.map(\.lastUsedUnixSeconds).max() { print("last used   \(time(last))") }
            }
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

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            try await answer(authenticator) { () async throws(AuthError) in
                let user = try authenticator.findUser(named: username)
                if end {
                    let count = try await authenticator.endSessions(ofUser: user.id, by: .operator)
                    print("ended \(count)")
                    return
                }
                for session in try authenticator.findSessions(ofUser: user.id, limit: 1_000) {
                    print(
                        row(
                            session.id, session.kind.rawValue, time(session.createdUnixSeconds),
                            time(session.lastUsedUnixSeconds), session.address, session.userAgent))
                }
            }
        }
    }
}

extension User {
    fileprivate var state: String { isDeleted ? "deleted" : isDisabled ? "disabled" : "active" }
    fileprivate var roleList: String { roles.joined(separator: ",") }
}
