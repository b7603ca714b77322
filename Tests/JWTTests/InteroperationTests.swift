import Foundation
import JSON
import JWT
import TestSupport
import Testing

/// PyJWT, joserfc and jwcrypto judge our tokens, and we theirs (scripts/jwt-interop.py).
@Suite("Other libraries", .enabled(if: Interoperation.isPossible, Comment(rawValue: Interoperation.absence)))
struct InteroperationTests {
    @Test("Our tokens are good there and theirs here, for every algorithm", .promise(54))
    func tokens() throws {
        let issuer = "https://issuer.example"
        let audience = "https://audience.example"
        var tokens: JSONObject = [:]
        var altered: JSONObject = [:]
        for algorithm in SignatureAlgorithm.allCases {
            let (token, _) = try AccessTokenIssuer(
                key: try Keys.key(algorithm), issuer: issuer, audience: audience
            ).issue(subject: "7", username: "vicky", roles: ["editor"], clientID: "site", epoch: 1)
            tokens[algorithm.rawValue] = .string(token)
            var parts = token.split(separator: ".").map(String.init)
            parts[1] = encode((decode(parts[1]) ?? []).map { $0 == UInt8(ascii: "7") ? UInt8(ascii: "8") : $0 })
            altered[algorithm.rawValue] = .string(parts.joined(separator: "."))
        }
        let time = UnixTime.now.seconds
        let set = try KeySet(SignatureAlgorithm.allCases.map { try Keys.key($0).verificationKey }).publicJWKSet()
        let reports = try Interoperation.ask([
            "issuer": .string(issuer), "audience": .string(audience), "tokens": .object(tokens),
            "altered": .object(altered), "secret": .string(encode(secret)),
            "jwks": try JSONValue(parsing: set.span),
            "claims": [
                "iss": .string(issuer), "sub": "8", "aud": .string(audience), "exp": .integer(time + 600),
                "iat": .integer(time), "auth_time": .integer(time), "jti": "t1", "username": "vicky", "roles": [],
                "client_id": "site",
            ],
        ])
        #expect(reports.count == 3)
        let all = SignatureAlgorithm.allCases.map { JSONValue.string($0.rawValue) }
        for report in reports {
            let name = report["name"]?.stringValue ?? "?"
            #expect(report["accepted"]?.arrayValue == all, "\(name)")
            #expect(report["refused"]?.arrayValue == all, "\(name)")
            let made = try #require(report["made"]?.arrayValue).compactMap(\.objectValue)
            #expect(made.count == SignatureAlgorithm.allCases.count)
            let jwks = try #require(report["jwks"]).serialized()
            let verifier = AccessTokenVerifier(
                keys: try KeySet(jwkSet: jwks.span), issuer: issuer, audience: audience)
            for key in made { try check(key, verifier, name) }
        }
    }

    /// Judges a token, and reads the key that signed it in every form that it is given in.
    private func check(_ made: JSONObject, _ verifier: AccessTokenVerifier, _ name: String) throws {
        let algorithm = try #require(SignatureAlgorithm(rawValue: made["algorithm"]?.stringValue ?? ""))
        let token = try #require(made["token"]?.stringValue)
        #expect(try verifier.verify(token).subject == "8", "\(name)")
        let parts = token.split(separator: ".")
        let claims = encode((decode(String(parts[1])) ?? []).map { $0 == UInt8(ascii: "8") ? UInt8(ascii: "7") : $0 })
        #expect(throws: JWTError.invalidSignature, "\(name)") {
            try verifier.verify("\(parts[0]).\(claims).\(parts[2])")
        }

        let jwk = try #require(made["private"]).serialized()
        let key = try SigningKey(jwk: jwk.span, algorithm: algorithm)
        if let thumbprint = made["thumbprint"]?.stringValue, algorithm != .hs256 {
            #expect(key.keyID == thumbprint, "\(name)")
        }
        if let pem = made["pem"]?.stringValue {
            #expect(try SigningKey(pem: pem.utf8.span, algorithm: algorithm).keyID == key.keyID, "\(name)")
        } else {
            #expect(algorithm == .hs256, "\(name)")
        }
    }
}
