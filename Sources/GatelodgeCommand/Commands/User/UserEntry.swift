internal import Authentication
internal import Gatelodge
internal import Glibc

/// An account as `gatelodge user` prints it.
struct UserEntry: Encodable {
    let id: String
    let username: String
    let state: String
    let roles: [String]
    let created: String
    /// How many there are, where one account is shown.
    let sessions: Int?
    let lastUsed: String?

    init(_ user: User, sessions: [UserSession]? = nil) {
        id = user.id
        username = user.username
        state = user.isDeleted ? "deleted" : user.isDisabled ? "disabled" : "active"
        roles = user.roles
        created = time(user.createdUnixSeconds)
        self.sessions = sessions?.count
        lastUsed = sessions?.map(\.lastUsedUnixSeconds).max().map(time)
    }

    var line: String { row(id, paintedState, created, roles.joined(separator: ","), username) }

    var paragraph: String {
        let lines = [
            "username    \(username)", "id          \(id)", "state       \(paintedState)",
            "roles       \(roles.joined(separator: ","))", "registered  \(created)", "sessions    \(sessions ?? 0)",
        ]
        return (lines + (lastUsed.map { ["last used   \($0)"] } ?? [])).joined(separator: "\n")
    }

    private var paintedState: String {
        let colour: TextColour? =
            switch state {
            case "disabled": .yellow
            case "deleted": .dim
            default: nil
            }
        return colour?.paint(state, on: STDOUT_FILENO) ?? state
    }
}
