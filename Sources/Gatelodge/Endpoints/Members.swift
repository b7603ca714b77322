internal import Authentication
internal import FoundationEssentials
internal import JSON

/// How replies show what the rules answer.
extension User {
    /// As its owner sees it.
    var ownMembers: JSONObject {
        [
            "id": .string(id), "username": .string(username), "roles": .array(roles.map { .string($0) }),
            "created": .time(createdUnixSeconds),
        ]
    }

    /// As an administrator sees it.
    var members: JSONObject {
        var members = ownMembers
        members["state"] = .string(isDeleted ? "deleted" : isDisabled ? "disabled" : "active")
        return members
    }
}

extension UserSession {
    var members: JSONObject {
        [
            "id": .string(id), "kind": .string(kind.rawValue), "created": .time(createdUnixSeconds),
            "last_used": .time(lastUsedUnixSeconds), "address": .string(address), "user_agent": .string(userAgent),
            "current": .bool(isCurrent),
        ]
    }
}

extension Introspection {
    /// RFC 7662 §2.2, and the claims of ours.
    var members: JSONObject {
        var members: JSONObject = [
            "active": true, "token_type": "Bearer", "iss": .string(issuer), "sub": .string(identity.accountID),
            "aud": .array(audience.map { .string($0) }), "exp": .integer(identity.expiryUnixSeconds),
            "iat": .integer(issuedAtUnixSeconds), "auth_time": .integer(identity.authenticatedUnixSeconds),
            "jti": .string(identity.tokenID), "client_id": .string(clientID), "username": .string(identity.username),
            "roles": .array(identity.roles.map { .string($0) }),
        ]
        if let sessionID = identity.sessionID { members["sid"] = .string(sessionID) }
        return members
    }
}

extension AuditEntry {
    var members: JSONObject {
        var members: JSONObject = [
            "time": .time(unixSeconds), "event": .string(event), "result": .string(result), "address": .string(address),
            "request_id": .string(requestID),
        ]
        if let accountID { members["user"] = .string(accountID) }
        if let actor { members["actor"] = .string(actor) }
        if let sessionID { members["session"] = .string(sessionID) }
        if let detail { members["detail"] = .string(detail) }
        return members
    }
}

extension JSONValue {
    /// RFC 3339, in UTC.
    static func time(_ unixSeconds: Int64) -> JSONValue {
        .string(Date(timeIntervalSince1970: TimeInterval(unixSeconds)).formatted(.iso8601))
    }
}
