import JSON
import JWT
import TestSupport
import Testing

@Suite("Issuing access tokens")
struct IssuerTests {
    private func issuer(
        _ key: SigningKey, lifetime: Duration = .seconds(3600), name: String = "urn:a"
    ) -> AccessTokenIssuer {
        AccessTokenIssuer(key: key, issuer: name, audience: "urn:b", lifetime: lifetime, clock: { now })
    }

    @Test("What is issued is what is verified", arguments: SignatureAlgorithm.allCases)
    func roundTrip(algorithm: SignatureAlgorithm) throws {
        let key = try Keys.key(algorithm)
        let (token, claims) = try issuer(key).issue(
            subject: "7", username: "vicky \"é\" 😀", roles: ["editor", "admin"], clientID: "site", sessionID: "s1",
            authenticatedAt: UnixTime(1_700_000_000))
        let keys = KeySet(key.verificationKey)
        let verifier = AccessTokenVerifier(keys: keys, issuer: "urn:a", audience: "urn:b", clock: { now })
        #expect(try verifier.verify(token) == claims)
        #expect(claims.expiry == UnixTime(1_800_003_600) && claims.issuedAt == now)
        #expect(claims.authenticatedAt == UnixTime(1_700_000_000) && claims.username == "vicky \"é\" 😀")
        let unchecked = AccessTokenVerifier(uncheckedIssuerAndAudience: keys, clock: { now })
        #expect(try unchecked.verify(token) == claims)
        for (issuer, audience, expected) in [
            ("urn:b", "urn:b", JWTError.wrongIssuer), ("urn:a", "urn:a", .wrongAudience),
        ] {
            let other = AccessTokenVerifier(keys: keys, issuer: issuer, audience: audience, clock: { now })
            #expect(throws: expected) { try other.verify(token) }
        }
    }

    @Test("Header and payload are as the contract says", .promise(54))
    func form() throws {
        let key = try Keys.hs256()
        let (token, claims) = try issuer(key).issue(
            subject: "7", username: "vicky", roles: ["editor"], clientID: "site", sessionID: "s1")
        let jws = try CompactJWS(verifying: token.utf8.span, keys: KeySet(key.verificationKey))
        #expect(
            String(decoding: jws.headerBytes, as: UTF8.self) == #"{"alg":"HS256","kid":"\#(key.keyID)","typ":"at+jwt"}"#
        )
        #expect(
            String(decoding: jws.payload, as: UTF8.self) == """
                {"iss":"urn:a","sub":"7","aud":"urn:b","exp":1800003600,"iat":1800000000,"auth_time":1800000000,\
                "jti":"\(claims.tokenID)","sid":"s1","username":"vicky","roles":["editor"],"client_id":"site"}
                """)
    }

    @Test("An epoch is said and read, and left out where it is 0")
    func epoch() throws {
        let key = try Keys.hs256()
        let verifier = AccessTokenVerifier(
            keys: KeySet(key.verificationKey), issuer: "urn:a", audience: "urn:b", clock: { now })
        func issue(_ epoch: Int64) throws(JWTError) -> (String, AccessTokenClaims) {
            let (token, claims) = try issuer(key).issue(
                subject: "7", username: "v", roles: [], clientID: "c", epoch: epoch)
            return (token, claims)
        }
        for epoch in [0, 1, 1_800_000_000, Int64.max] {
            let (token, claims) = try issue(epoch)
            #expect(claims.epoch == epoch)
            #expect(try verifier.verify(token) == claims)
            let payload = String(decoding: decode(String(token.split(separator: ".")[1])) ?? [], as: UTF8.self)
            #expect(payload.hasSuffix(epoch == 0 ? #""client_id":"c"}"# : #","epoch":\#(epoch)}"#))
        }
        #expect(throws: JWTError.invalidClaim(.epoch)) { try issue(-1) }
    }

    @Test("Each token has an id of its own")
    func tokenIDs() throws {
        let issuer = issuer(try Keys.hs256())
        let ids = try (0..<100).map { _ in
            try issuer.issue(subject: "7", username: "v", roles: [], clientID: "c").claims.tokenID
        }
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { $0.utf8.count == 22 })
    }

    @Test("A token ends after its lifetime")
    func lifetime() throws {
        let key = try Keys.hs256()
        let (token, claims) = try issuer(key, lifetime: .seconds(1)).issue(
            subject: "7", username: "v", roles: [], clientID: "c")
        #expect(claims.expiry == UnixTime(1_800_000_001))
        func verify(at time: UnixTime) throws(JWTError) {
            let keys = KeySet(key.verificationKey)
            _ = try AccessTokenVerifier(keys: keys, issuer: "urn:a", audience: "urn:b", clock: { time }).verify(token)
        }
        try verify(at: now)
        #expect(throws: JWTError.expired) { try verify(at: now + .seconds(1)) }
    }

    @Test("A token ends with its session where that ends before, and lasts a second at least")
    func sessionEnd() throws {
        let issuer = issuer(try Keys.hs256(), lifetime: .seconds(600))
        for (seconds, expected) in [(nil, 600), (601, 600), (600, 600), (599, 599), (1, 1), (0, 1), (-5, 1)]
            as [(Int64?, Int64)]
        {
            let (_, claims) = try issuer.issue(
                subject: "7", username: "v", roles: [], clientID: "c",
                sessionEnd: seconds.map { UnixTime(now.seconds + $0) })
            #expect(claims.expiry == UnixTime(now.seconds + expected))
        }
    }

    @Test("Nothing is issued that would not be accepted")
    func emptyStrings() throws {
        let issuer = issuer(try Keys.hs256())
        func issue(
            subject: String = "7", username: String = "v", roles: [String] = [], clientID: String = "c",
            session: String? = nil
        ) throws(JWTError) {
            _ = try issuer.issue(
                subject: subject, username: username, roles: roles, clientID: clientID, sessionID: session)
        }
        try issue()
        #expect(throws: JWTError.invalidClaim(.subject)) { try issue(subject: "") }
        #expect(throws: JWTError.invalidClaim(.username)) { try issue(username: "") }
        #expect(throws: JWTError.invalidClaim(.roles)) { try issue(roles: ["a", ""]) }
        #expect(throws: JWTError.invalidClaim(.clientID)) { try issue(clientID: "") }
        #expect(throws: JWTError.invalidClaim(.sessionID)) { try issue(session: "") }
    }

    @Test(
        "The largest account's token stays within 2.5 KiB, and a larger one is not issued",
        arguments: SignatureAlgorithm.allCases)
    func size(algorithm: SignatureAlgorithm) throws {
        let uuid = "0198c7de-1111-7222-8333-444455556666"
        let largest = issuer(
            try Keys.key(algorithm), name: "https://" + String(repeating: "a", count: 200) + ".example")
        let roles = (0..<16).map { _ in String(repeating: "r", count: 32) }
        let username = String(repeating: "😀", count: 64)
        let (token, _) = try largest.issue(
            subject: uuid, username: username, roles: roles, clientID: "gatelodge", sessionID: uuid,
            epoch: 4_000_000_000)
        #expect(token.utf8.count <= 2560)
        #expect(throws: JWTError.tokenTooLong) {
            try largest.issue(
                subject: uuid, username: username, roles: roles + roles, clientID: "gatelodge", sessionID: uuid)
        }
    }
}
