internal import Authentication

/// What a location of nginx's asks beyond a good credential: the parameters `AUTH_ROLE` and `AUTH_MAX_AGE`.
struct Requirement: Equatable {
    /// The role that the account must have.
    let role: String?
    /// How long ago, in seconds, a password may have been shown.
    let maximumAgeSeconds: Int64?

    /// Why an operator's parameters make no sense. Nobody is let in then.
    enum Fault: Error, Equatable {
        /// A parameter that is unknown, or given twice with different values.
        case parameter(String)
        case malformedRole
        case malformedMaximumAge
    }

    init(_ parameters: DoorParameters) throws(Fault) {
        if let name = parameters.fault { throw .parameter(name) }
        role = try parameters.role.map { bytes throws(Fault) in
            let name = String(decoding: bytes, as: UTF8.self)
            do throws(AuthError) { _ = try Roles(parsing: [name]) } catch { throw .malformedRole }
            return name
        }
        maximumAgeSeconds = try parameters.maximumAge.map { bytes throws(Fault) in
            // Ten digits are three hundred years. None lasts 0 seconds.
            guard (1...10).contains(bytes.count), let seconds = decimal(String(decoding: bytes, as: UTF8.self)),
                seconds > 0
            else { throw .malformedMaximumAge }
            return Int64(seconds)
        }
    }

    /// - Throws: ``ErrorReply`` with 401 for a password that was shown too long ago, with 403 for roles that do not suffice.
    func check(_ identity: Authentication.Identity, now: Int64) throws(ErrorReply) {
        if let role, !identity.roles.contains(role) { throw .insufficientRole }
        if let maximumAgeSeconds, now - identity.authenticatedUnixSeconds > maximumAgeSeconds {
            throw .reauthenticationRequired(maximumAgeSeconds: maximumAgeSeconds)
        }
    }
}
