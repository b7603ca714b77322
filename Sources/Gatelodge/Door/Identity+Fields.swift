internal import Authentication
internal import HTTPTypes

/// What an application behind the door is told about its user.
extension Authentication.Identity {
    /// As header fields, from which nginx makes variables.
    var verifyFields: HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(5)
        fields.append(HTTPField(name: .xAuthUser, value: username.percentEncodedUser))
        fields.append(HTTPField(name: .xAuthUserID, value: accountID))
        fields.append(HTTPField(name: .xAuthRoles, value: joinedRoles))
        if let sessionID { fields.append(HTTPField(name: .xAuthSession, value: sessionID)) }
        fields.append(HTTPField(name: .xAuthExpires, value: String(expiryUnixSeconds)))
        return fields
    }

    /// As variables of the request that follows (FastCGI 1.0 §6.3): a web server takes the prefix off.
    var authorizerFields: HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(6)
        let user = username.percentEncodedUser
        fields.append(HTTPField(name: .variableAuthUser, value: user))
        fields.append(HTTPField(name: .variableAuthUserID, value: accountID))
        fields.append(HTTPField(name: .variableAuthRoles, value: joinedRoles))
        fields.append(HTTPField(name: .variableAuthSession, value: sessionID ?? ""))
        fields.append(HTTPField(name: .variableAuthExpires, value: String(expiryUnixSeconds)))
        fields.append(HTTPField(name: .variableRemoteUser, value: user))
        return fields
    }

    /// With commas, which no role has.
    private var joinedRoles: String { roles.joined(separator: ",") }
}

extension HTTPField.Name {
    static let xAuthUser = Self("X-Auth-User")!
    static let xAuthUserID = Self("X-Auth-User-Id")!
    static let xAuthRoles = Self("X-Auth-Roles")!
    static let xAuthSession = Self("X-Auth-Session")!
    static let xAuthExpires = Self("X-Auth-Expires")!
    static let xAuthError = Self("X-Auth-Error")!
    static let xAuthReturn = Self("X-Auth-Return")!

    fileprivate static let variableAuthUser = Self("Variable-AUTH_USER")!
    fileprivate static let variableAuthUserID = Self("Variable-AUTH_USER_ID")!
    fileprivate static let variableAuthRoles = Self("Variable-AUTH_ROLES")!
    fileprivate static let variableAuthSession = Self("Variable-AUTH_SESSION")!
    fileprivate static let variableAuthExpires = Self("Variable-AUTH_EXPIRES")!
    fileprivate static let variableRemoteUser = Self("Variable-REMOTE_USER")!
}
