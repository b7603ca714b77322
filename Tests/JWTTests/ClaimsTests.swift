import JSON
import JWT
import TestSupport
import Testing

@Suite("Claims")
struct ClaimsTests {
    @Test("All claims are read")
    func all() throws {
        let forge = try Forge()
        let claims = try forge.verify(forge.token(claim: "nbf", .integer(now.seconds - 1)))
        #expect(claims.issuer == "urn:example:issuer")
        #expect(claims.subject == "7")
        #expect(claims.audience == ["urn:example:audience"])
        #expect(claims.expiry == UnixTime(now.seconds + 3600))
        #expect(claims.issuedAt == now)
        #expect(claims.notBefore == UnixTime(now.seconds - 1))
        #expect(claims.authenticatedAt == now)
        #expect(claims.tokenID == "t1")
        #expect(claims.sessionID == "s1")
        #expect(claims.username == "vicky")
        #expect(claims.roles == ["editor"])
        #expect(claims.clientID == "site")
    }

    /// A text, because some of these are no `JSONValue` that a literal could write.
    private static let expiries: [(String, JWTError?)] = [
        ("1799999999", .expired), ("1800000000", .expired), ("1800000001", nil), ("0", .expired), ("-1", .expired),
        ("-0", .expired), ("-9223372036854775808", .expired), ("9223372036854775807", nil),
        ("9223372036854775808", .invalidClaim(.expiry)), ("18446744073709551616", .invalidClaim(.expiry)),
        ("-9223372036854775809", .invalidClaim(.expiry)), ("1e400", .invalidClaim(.expiry)),
        ("1.9e9", .invalidClaim(.expiry)), ("19e8", .invalidClaim(.expiry)), ("1900000000.0", .invalidClaim(.expiry)),
        ("1900000000.5", .invalidClaim(.expiry)), ("1E10", .invalidClaim(.expiry)), ("1e-400", .invalidClaim(.expiry)),
        ("\"1900000000\"", .invalidClaim(.expiry)), ("\"\"", .invalidClaim(.expiry)),
        ("\"never\"", .invalidClaim(.expiry)),
        ("null", .invalidClaim(.expiry)), ("true", .invalidClaim(.expiry)), ("false", .invalidClaim(.expiry)),
        ("[]", .invalidClaim(.expiry)), ("[1900000000]", .invalidClaim(.expiry)), ("{}", .invalidClaim(.expiry)),
        ("{\"seconds\":1900000000}", .invalidClaim(.expiry)), ("01900000000", .malformedPayload),
        ("+1900000000", .malformedPayload), ("0x7fffffff", .malformedPayload), ("NaN", .malformedPayload),
        ("Infinity", .malformedPayload), ("1900000000.", .malformedPayload), ("", .malformedPayload),
    ]

    @Test("exp is an integer, and now is before it", .promise(50), arguments: expiries)
    func expiry(text: String, expected: JWTError?) throws {
        let forge = try Forge()
        let payload = String(decoding: JSONValue.object(forge.claims).serialized(), as: UTF8.self)
        let altered = payload.replacing("\"exp\":1800003600", with: "\"exp\":" + text)
        #expect(altered != payload)
        let token = forge.sign(header: JSONValue.object(forge.header).serialized(), payload: Array(altered.utf8))
        if let expected {
            #expect(throws: expected) { try forge.verify(token) }
        } else {
            _ = try forge.verify(token)
        }
    }

    @Test(
        "nbf and iat are integers, and now is not before them", .promise(51),
        arguments: [
            (.integer(1_800_000_000), true), (.integer(1_799_999_999), true), (0, true), (-1, true),
            (.integer(1_800_000_001), false), (.integer(1_800_003_600), false), (.integer(.max), false),
        ] as [(JSONValue, Bool)])
    func beginnings(value: JSONValue, isAccepted: Bool) throws {
        let forge = try Forge()
        for (name, error) in [("nbf", JWTError.notYetValid), ("iat", .issuedInFuture)] {
            let token = forge.token(claim: name, value)
            if isAccepted {
                _ = try forge.verify(token)
            } else {
                #expect(throws: error) { try forge.verify(token) }
            }
        }
    }

    @Test("Leeway moves the ends by exactly itself, and no further than a minute", .promise(50))
    func leeway() throws {
        let forge = try Forge()
        let minute = Duration.seconds(60)
        let exp = forge.token(claim: "exp", .integer(now.seconds + 3600))
        _ = try forge.verify(exp, at: UnixTime(now.seconds + 3599))
        #expect(throws: JWTError.expired) { try forge.verify(exp, at: UnixTime(now.seconds + 3600)) }
        _ = try forge.verify(exp, at: UnixTime(now.seconds + 3659), leeway: minute)
        #expect(throws: JWTError.expired) { try forge.verify(exp, at: UnixTime(now.seconds + 3660), leeway: minute) }
        for (name, error) in [("nbf", JWTError.notYetValid), ("iat", .issuedInFuture)] {
            let begin = forge.token(claim: name, .integer(now.seconds + 60))
            #expect(throws: error) { try forge.verify(begin) }
            _ = try forge.verify(begin, leeway: minute)
            #expect(throws: error) { try forge.verify(begin, at: now - .seconds(1), leeway: minute) }
        }
    }

    @Test("A clock at the ends of time neither traps nor lets anything in", .promise(50))
    func endsOfTime() throws {
        let forge = try Forge()
        let minute = Duration.seconds(60)
        #expect(throws: JWTError.expired) { try forge.verify(forge.token, at: UnixTime(.max), leeway: minute) }
        #expect(throws: JWTError.issuedInFuture) { try forge.verify(forge.token, at: UnixTime(.min), leeway: minute) }
        let last = forge.token(claim: "exp", .integer(.max))
        #expect(throws: JWTError.expired) { try forge.verify(last, at: UnixTime(.max)) }
        let first = forge.token(claim: "exp", .integer(.min))
        #expect(throws: JWTError.expired) { try forge.verify(first, at: UnixTime(.min)) }
    }

    @Test(
        "iss is ours, byte for byte", .promise(52),
        arguments: [
            "urn:example:Issuer", "urn:example:issuer ", " urn:example:issuer", "urn:example:issue",
            "urn:example:issuer/",
            "urn:example:issuers", "https://urn:example:issuer", "urn:example:\u{131}ssuer", "urn:example:issuer\0",
        ])
    func issuer(name: String) throws {
        let forge = try Forge()
        #expect(throws: JWTError.wrongIssuer) { try forge.verify(forge.token(claim: "iss", .string(name))) }
        #expect(throws: JWTError.wrongIssuer) { try forge.verify(forge.token, issuer: name) }
        _ = try forge.verify(forge.token)
    }

    @Test("iss and aud are compared by bytes, not by canonical equivalence", .promise(52))
    func canonicalEquivalence() throws {
        let forge = try Forge()
        var claims = forge.claims
        claims["iss"] = "urn:\u{212A}"
        claims["aud"] = "urn:\u{212B}"
        let token = forge.sign(header: forge.header, claims: claims)
        _ = try forge.verify(token, issuer: "urn:\u{212A}", audience: "urn:\u{212B}")
        #expect(throws: JWTError.wrongIssuer) { try forge.verify(token, issuer: "urn:K", audience: "urn:\u{212B}") }
        #expect(throws: JWTError.wrongAudience) {
            try forge.verify(token, issuer: "urn:\u{212A}", audience: "urn:\u{C5}")
        }
    }

    @Test(
        "aud is us, or an array that holds us", .promise(52),
        arguments: [
            ("urn:example:audience", nil), (["urn:example:audience"], nil), (["a", "urn:example:audience", "b"], nil),
            ("urn:example:audiences", .wrongAudience), (["urn:example:audience/", "x"], .wrongAudience),
            ("urn:example:Audience", .wrongAudience), ("urn:example", .wrongAudience),
            ("a urn:example:audience", .wrongAudience), (["a", "b"], .wrongAudience),
            ([["urn:example:audience"]], .invalidClaim(.audience)),
            (["urn:example:audience", 1], .invalidClaim(.audience)),
            (["urn:example:audience", nil], .invalidClaim(.audience)),
            (["urn:example:audience", ""], .invalidClaim(.audience)),
            ("", .invalidClaim(.audience)), ([], .missingClaim(.audience)), (7, .invalidClaim(.audience)),
            (true, .invalidClaim(.audience)), (["urn:example:audience": true], .invalidClaim(.audience)),
        ] as [(JSONValue, JWTError?)])
    func audience(value: JSONValue, expected: JWTError?) throws {
        let forge = try Forge()
        let token = forge.token(claim: "aud", value)
        if let expected {
            #expect(throws: expected) { try forge.verify(token) }
        } else {
            _ = try forge.verify(token)
        }
    }

    @Test(
        "What RFC 9068 and we require must be there", .promise(52, 54),
        arguments: [
            Claim.issuer, .subject, .audience, .expiry, .issuedAt, .authenticatedAt, .tokenID, .username, .clientID,
        ])
    func missing(claim: Claim) throws {
        let forge = try Forge()
        #expect(throws: JWTError.missingClaim(claim)) { try forge.verify(forge.token(claim: claim.rawValue, nil)) }
    }

    @Test("Session, beginning and roles may be absent")
    func optional() throws {
        let forge = try Forge()
        #expect(try forge.verify(forge.token(claim: "sid", nil)).sessionID == nil)
        #expect(try forge.verify(forge.token(claim: "nbf", nil)).notBefore == nil)
        #expect(try forge.verify(forge.token(claim: "roles", nil)).roles == [])
    }

    @Test("null is no value, whatever the claim", arguments: Claim.allCases)
    func null(claim: Claim) throws {
        let forge = try Forge()
        #expect(throws: JWTError.invalidClaim(claim)) { try forge.verify(forge.token(claim: claim.rawValue, .null)) }
    }

    @Test(
        "Strings are strings and not empty",
        arguments: [Claim.issuer, .subject, .tokenID, .sessionID, .username, .clientID],
        ["", 7, true, [], ["x"], [:]] as [JSONValue])
    func strings(claim: Claim, value: JSONValue) throws {
        let forge = try Forge()
        #expect(throws: JWTError.invalidClaim(claim)) { try forge.verify(forge.token(claim: claim.rawValue, value)) }
    }

    @Test(
        "Times are integers", .promise(50), arguments: [Claim.notBefore, .issuedAt, .authenticatedAt],
        ["0", true, [0], [:]] as [JSONValue])
    func times(claim: Claim, value: JSONValue) throws {
        let forge = try Forge()
        #expect(throws: JWTError.invalidClaim(claim)) { try forge.verify(forge.token(claim: claim.rawValue, value)) }
    }

    @Test(
        "Roles are an array of strings", arguments: ["editor", 1, [1], ["a", nil], [""], [["a"]], [:]] as [JSONValue])
    func roles(value: JSONValue) throws {
        let forge = try Forge()
        #expect(throws: JWTError.invalidClaim(.roles)) { try forge.verify(forge.token(claim: "roles", value)) }
        #expect(try forge.verify(forge.token(claim: "roles", ["a", "b"])).roles == ["a", "b"])
    }

    @Test(
        "epoch is an integer from 0 on, and 0 where it is absent",
        arguments: [
            ("0", 0), ("-0", 0), ("1", 1), ("1800000000", 1_800_000_000), ("9223372036854775807", .max), ("-1", nil),
            ("9223372036854775808", nil), ("1.0", nil), ("1e3", nil), ("0.5", nil), ("\"1\"", nil), ("true", nil),
            ("[]", nil), ("[1]", nil), ("{}", nil), ("null", nil),
        ] as [(String, Int64?)])
    func epoch(text: String, expected: Int64?) throws {
        let forge = try Forge()
        #expect(try forge.verify(forge.token).epoch == 0)
        let payload = String(decoding: JSONValue.object(forge.claims).serialized(), as: UTF8.self).dropLast()
        let token = forge.sign(
            header: JSONValue.object(forge.header).serialized(), payload: Array("\(payload),\"epoch\":\(text)}".utf8))
        if let expected {
            #expect(try forge.verify(token).epoch == expected)
        } else {
            #expect(throws: JWTError.invalidClaim(.epoch)) { try forge.verify(token) }
        }
    }

    @Test("A claim that stands twice is refused, at either end", .promise(48), arguments: Claim.allCases)
    func duplicates(claim: Claim) throws {
        let forge = try Forge()
        let value = forge.claims[claim.rawValue] ?? .integer(now.seconds)
        let good = String(decoding: JSONValue.object(forge.claims).serialized(), as: UTF8.self).dropFirst().dropLast()
        let member = String(decoding: JSONValue.object([claim.rawValue: value]).serialized(), as: UTF8.self)
            .dropFirst().dropLast()
        let base = [.notBefore, .epoch].contains(claim) ? "\(good),\(member)" : String(good)
        let header = JSONValue.object(forge.header).serialized()
        _ = try forge.verify(forge.sign(header: header, payload: Array("{\(base)}".utf8)))
        for payload in ["{\(member),\(base)}", "{\(base),\(member)}"] {
            #expect(throws: JWTError.duplicateName) {
                try forge.verify(forge.sign(header: header, payload: Array(payload.utf8)))
            }
        }
    }

    @Test(
        "Anything but one JSON object is no payload", .promise(49),
        arguments: ["", "1", "[]", "\"\"", "{", "{}x", "{}{}", "\u{FEFF}{}", "{}\0"])
    func shapes(payload: String) throws {
        let forge = try Forge()
        let token = forge.sign(header: JSONValue.object(forge.header).serialized(), payload: Array(payload.utf8))
        #expect(throws: JWTError.malformedPayload) { try forge.verify(token) }
    }

    @Test("A payload in UTF-16 or with broken UTF-8 is refused", .promise(49))
    func encodings() throws {
        let forge = try Forge()
        let header = JSONValue.object(forge.header).serialized()
        let good = JSONValue.object(forge.claims).serialized()
        _ = try forge.verify(forge.sign(header: header, payload: good))
        for payload in [good.flatMap { [$0, 0] }, good.flatMap { [0, $0] }, good.dropLast() + [0xFF, 0x7D]] {
            #expect(throws: JWTError.malformedPayload) {
                try forge.verify(forge.sign(header: header, payload: payload))
            }
        }
    }

    @Test("Other claims are ignored")
    func others() throws {
        let forge = try Forge()
        #expect(try forge.verify(forge.token(claim: "admin", true)) == forge.verify(forge.token))
    }
}
