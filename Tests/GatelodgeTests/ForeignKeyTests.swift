import Cryptography
import Foundation
import TestSupport
import Testing

/// Tokens that bring a key of their own, in a process that may neither open nor connect to anything any more.
@Suite struct ForeignKeyTests {
    @Test(.promise(35, 36)) func `A key that a token brings along is neither used nor looked for`() async {
        await #expect(processExitsWith: .success) {
            let site = try TestApplication()
            let good = try await site.token()
            let keySet = try await site.ask("GET", "/.well-known/jwks.json").body
            let kid = try #require(keySet.firstMatch(of: /"kid":"([^"]+)"/)?.1)
            func outcome(_ token: String) async throws -> String {
                let reply = try await site.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": "Bearer " + token])
                return "\(reply.status) \(reply.string("code") ?? "")"
            }
            // Whatever is read once is read now.
            guard try await outcome(good) == "200 ", try await outcome(good.altered) == "401 invalid_token" else {
                exit(1)
            }
            guard Forbidding.reachOut() else { exit(2) }
            for token in SelfSignedToken.all(kid: String(kid)) {
                guard try await outcome(token) == "401 invalid_token" else { exit(3) }
            }
            guard try await outcome(good) == "200 " else { exit(4) }
            _exit(0)
        }
    }

    @Test func `A process that may open nothing is ended when it does`() async {
        await #expect(processExitsWith: .signal(SIGSYS)) {
            guard Forbidding.reachOut() else { exit(2) }
            _ = unsafe open("/dev/null", O_RDONLY)
            _exit(0)
        }
    }
}

/// Tokens whose signature is right by the key that they bring along or name.
private enum SelfSignedToken {
    static func all(kid: String) -> [String] {
        let key = P256.PrivateKey.generate()
        let (x, y) = (key.publicKey.x, key.publicKey.y)
        let jwk =
            #"{"kty":"EC","crv":"P-256","x":"\#(base64URL(x.indices.map { x[$0] }))","#
            + #""y":"\#(base64URL(y.indices.map { y[$0] }))"}"#
        let parameters = [
            #""jwk":\#(jwk)"#, #""x5c":["MIIB"]"#, #""jku":"http://127.0.0.1:1/keys.json""#,
            #""jku":"file:///etc/passwd""#, #""x5u":"http://127.0.0.1:1/chain.pem""#,
        ]
        let names = [
            #""kid":"\#(kid)""#, #""kid":"../../../dev/null""#, #""kid":"' OR 1=1--""#, #""kid":"""#,
            #""kid":"http://127.0.0.1:1/""#,
        ]
        return parameters.flatMap { parameter in
            names.map { sign(#"{"alg":"ES256","typ":"at+jwt",\#($0),\#(parameter)}"#, key) }
        }
    }

    private static func sign(_ header: String, _ key: P256.PrivateKey) -> String {
        let claims = #"{"iss":"urn:example","aud":"urn:example","sub":"1","exp":4102444800,"iat":1,"jti":"t"}"#
        let input = base64URL([UInt8](header.utf8)) + "." + base64URL([UInt8](claims.utf8))
        return input + "." + base64URL(key.sign(input.utf8.span))
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
