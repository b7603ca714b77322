internal import Authentication

/// A session as `gatelodge user sessions` prints it.
struct SessionEntry: Encodable {
    let id: String
    let kind: String
    let created: String
    let lastUsed: String
    let address: String
    let userAgent: String

    init(_ session: UserSession) {
        id = session.id
        kind = session.kind.rawValue
        created = time(session.createdUnixSeconds)
        lastUsed = time(session.lastUsedUnixSeconds)
        address = session.address
        userAgent = session.userAgent
    }

    var line: String { row(id, kind, created, lastUsed, address, userAgent) }
}
