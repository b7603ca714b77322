/// What a route asks of a request before its handler sees it.
public struct Protection: Sendable {
    /// The role that is needed beside a good credential.
    let role: String?

    /// A good credential.
    public static let authenticated = Protection(role: nil)

    /// A good credential of an account that had this role when the credential was issued.
    public static func role(_ role: String) -> Protection { Protection(role: role) }

    /// - Throws: ``ErrorReply`` with 403 for roles that do not suffice.
    func check(_ roles: [String]) throws(ErrorReply) {
        if let role, !roles.contains(role) { throw .insufficientRole }
    }
}
