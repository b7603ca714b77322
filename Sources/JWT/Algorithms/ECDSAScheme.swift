internal import Cryptography
internal import JSON

/// ES256 (RFC 7518 §3.4): `EC` keys on P-256.
struct ECDSAScheme: SignatureScheme {
    func describes(_ jwk: JSONObject) throws(JWTError) -> Bool { try jwk.isKey("EC", curve: "P-256") }

    func generate() -> any SigningMaterial { P256.PrivateKey.generate() }

    func readPublic(_ jwk: JSONObject) throws(JWTError) -> any VerifyingMaterial {
        let x = try jwk.bytes("x")
        let y = try jwk.bytes("y")
        do {
            return try P256.PublicKey(x: x.span, y: y.span)
        } catch {
            throw JWTError(error)
        }
    }

    func readPrivate(_ jwk: JSONObject) throws(JWTError) -> any SigningMaterial {
        let x = try jwk.bytes("x")
        let y = try jwk.bytes("y")
        var scalar = try jwk.bytes("d")
        defer { wipe(&scalar) }
        do {
            return try P256.PrivateKey(scalar: scalar.span, x: x.span, y: y.span)
        } catch {
            throw JWTError(error)
        }
    }

    func readPKCS8(_ der: borrowing Span<UInt8>) throws(JWTError) -> any SigningMaterial {
        do {
            return try P256.PrivateKey(pkcs8: der)
        } catch {
            throw JWTError(error)
        }
    }
}

extension P256.PublicKey: VerifyingMaterial {
    var publicMembers: JSONObject? {
        [
            "crv": "P-256", "kty": "EC", "x": .string(Base64URL.encode(x.span)), "y": .string(Base64URL.encode(y.span)),
        ]
    }
}

extension P256.PrivateKey: SigningMaterial {
    var verifying: any VerifyingMaterial { publicKey }

    func makeSignature(for message: borrowing Span<UInt8>) -> [UInt8] { sign(message) }

    func makePKCS8() -> [UInt8]? { pkcs8() }
}
