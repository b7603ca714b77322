import JWT
import Testing

@Suite("Access tokens")
struct AccessTokenTests {
    @Test("A token is issued and verified", arguments: SignatureAlgorithm.allCases)
    func roundTrip(algorithm: SignatureAlgorithm) throws {
        let key = try Keys.key(algorithm)
        let issuer = AccessTokenIssuer(key: key, issuer: "urn:a", audience: "urn:b", clock: { now })
        let (token, claims) = try issuer.issue(
            subject: "7", username: "vicky", roles: ["editor"], clientID: "site", sessionID: "s1")
        let verifier = AccessTokenVerifier(
            keys: KeySet(key.verificationKey), issuer: "urn:a", audience: "urn:b", clock: { now })
        #expect(try verifier.verify(token) == claims)
        #expect(claims.expiry == UnixTime(1_800_003_600))
    }
}
