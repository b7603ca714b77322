import Cryptography
import Foundation

/// Tokens whose signature is right by the key that they bring along or name.
enum SelfSignedToken {
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
