import Cryptography
import JSON
import JWT

/// Makes tokens that no issuer of ours would make, with signatures that are right all the same.
struct Forge {
    let algorithm: SignatureAlgorithm
    let keyID: String
    private let signer: @Sendable (String) -> [UInt8]
    /// Accepts what this forge signs, and nothing else.
    let keys: KeySet

    init(_ algorithm: SignatureAlgorithm = .hs256) throws {
        self.algorithm = algorithm
        let key = try Keys.key(algorithm)
        keyID = key.keyID
        signer = try Forge.makeSigner(key)
        keys = KeySet(key.verificationKey)
    }

    /// The header of a good access token.
    var header: JSONObject { ["alg": .string(algorithm.rawValue), "kid": .string(keyID), "typ": "at+jwt"] }

    /// The claims of a good access token that expires in an hour.
    var claims: JSONObject {
        [
            "iss": "urn:example:issuer", "sub": "7", "aud": "urn:example:audience", "exp": .integer(now.seconds + 3600),
            "iat": .integer(now.seconds), "auth_time": .integer(now.seconds), "jti": "t1", "sid": "s1",
            "username": "vicky",
            "roles": ["editor"], "client_id": "site",
        ]
    }

    /// A good token.
    var token: String { sign(header: header, claims: claims) }

    /// A token whose header has one parameter more, another, or one less.
    func token(header name: String, _ value: JSONValue?) -> String {
        var header = header
        header[name] = value
        return sign(header: header, claims: claims)
    }

    /// A token whose payload has one claim more, another, or one less.
    func token(claim name: String, _ value: JSONValue?) -> String {
        var claims = claims
        claims[name] = value
        return sign(header: header, claims: claims)
    }

    func sign(header: JSONObject, claims: JSONObject) -> String {
        sign(header: JSONValue.object(header).serialized(), payload: JSONValue.object(claims).serialized())
    }

    /// Any header and any payload.
    func sign(header: [UInt8], payload: [UInt8]) -> String {
        sign(input: Base64URL.encode(header.span) + "." + Base64URL.encode(payload.span))
    }

    /// Any two parts.
    func sign(input: String) -> String { input + "." + Base64URL.encode(signature(of: input).span) }

    func signature(of input: String) -> [UInt8] { signer(input) }

    /// Signs with the same key as `key`, past everything that a signing key would have to say to it.
    private static func makeSigner(_ key: SigningKey) throws -> @Sendable (String) -> [UInt8] {
        var der = key.pkcs8() ?? []
        defer { wipe(&der) }
        switch key.algorithm {
        case .hs256:
            let secret = secret
            let hmac = HMACSHA256(key: secret.span)
            return { input in
                let code = hmac.authenticationCode(for: input.utf8.span)
                return code.indices.map { code[$0] }
            }
        case .es256:
            let pair = try P256.PrivateKey(pkcs8: der.span)
            return { pair.sign($0.utf8.span) }
        case .edDSA:
            let pair = try Ed25519.PrivateKey(pkcs8: der.span)
            return { pair.sign($0.utf8.span) }
        case .ps256, .rs256:
            let pair = try RSA.PrivateKey(pkcs8: der.span, padding: key.algorithm == .ps256 ? .pss : .pkcs1)
            return { pair.sign($0.utf8.span) }
        }
    }

    /// Judges a token as a server would.
    func verify(
        _ token: String, issuer: String = "urn:example:issuer", audience: String = "urn:example:audience",
        at time: UnixTime = now, leeway: Duration = .zero
    ) throws(JWTError) -> AccessTokenClaims {
        let verifier = AccessTokenVerifier(
            keys: keys, issuer: issuer, audience: audience, clock: { time }, leeway: leeway)
        return try verifier.verify(token)
    }
}
