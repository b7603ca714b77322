internal import Cryptography
internal import JSON

/// EdDSA (RFC 8037 §3.1): `OKP` keys on Ed25519.
struct EdDSAScheme: SignatureScheme {
    func describes(_ jwk: JSONObject) throws(JWTError) -> Bool { try jwk.isKey("OKP", curve: "Ed25519") }

    func generate() -> any SigningMaterial { Ed25519.PrivateKey.generate() }

    func readPublic(_ jwk: JSONObject) throws(JWTError) -> any VerifyingMaterial {
        let x = try jwk.bytes("x")
        do {
            return try Ed25519.PublicKey(x.span)
        } catch {
            throw JWTError(error)
        }
    }

    func readPrivate(_ jwk: JSONObject) throws(JWTError) -> any SigningMaterial {
        let x = try jwk.bytes("x")
        var seed = try jwk.bytes("d")
        defer { wipe(&seed) }
        do {
            return try Ed25519.PrivateKey(seed: seed.span, publicKey: x.span)
        } catch {
            throw JWTError(error)
        }
    }

    func readPKCS8(_ der: borrowing Span<UInt8>) throws(JWTError) -> any SigningMaterial {
        do {
            return try Ed25519.PrivateKey(pkcs8: der)
        } catch {
            throw JWTError(error)
        }
    }
}

extension Ed25519.PublicKey: VerifyingMaterial {
    var publicMembers: JSONObject? {
        ["crv": "Ed25519", "kty": "OKP", "x": .string(Base64URL.encode(bytes.span))]
    }
}

extension Ed25519.PrivateKey: SigningMaterial {
    var verifying: any VerifyingMaterial { publicKey }

    func makeSignature(for message: borrowing Span<UInt8>) -> [UInt8] { sign(message) }

    func makePKCS8() -> [UInt8]? { pkcs8() }
}
