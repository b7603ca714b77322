internal import Cryptography
internal import JSON

/// PS256 and RS256 (RFC 7518 §3.3, §3.5): `RSA` keys, each for one of the two from its reading on.
struct RSAScheme: SignatureScheme {
    let padding: RSA.Padding

    func describes(_ jwk: JSONObject) throws(JWTError) -> Bool { try jwk.isKey("RSA") }

    func generate() -> any SigningMaterial { RSA.PrivateKey.generate(padding) }

    func readPublic(_ jwk: JSONObject) throws(JWTError) -> any VerifyingMaterial {
        let modulus = try jwk.bytes("n")
        let exponent = try jwk.bytes("e")
        do {
            return try RSA.PublicKey(modulus: modulus.span, exponent: exponent.span, padding: padding)
        } catch {
            throw JWTError(error)
        }
    }

    /// A private key without its primes (RFC 7518 §6.3.2 allows it) or with more than two is not for us.
    func readPrivate(_ jwk: JSONObject) throws(JWTError) -> any SigningMaterial {
        guard jwk["d"] == nil || jwk["p"] != nil, jwk["oth"] == nil else { throw .unsupportedKey }
        var numbers = RSA.PrivateNumbers(n: try jwk.bytes("n"), e: try jwk.bytes("e"))
        defer { numbers.wipe() }
        numbers.d = try jwk.bytes("d")
        numbers.p = try jwk.bytes("p")
        numbers.q = try jwk.bytes("q")
        numbers.dP = try jwk.bytes("dp")
        numbers.dQ = try jwk.bytes("dq")
        numbers.qInv = try jwk.bytes("qi")
        do {
            return try RSA.PrivateKey(numbers, padding: padding)
        } catch {
            throw JWTError(error)
        }
    }

    func readPKCS8(_ der: borrowing Span<UInt8>) throws(JWTError) -> any SigningMaterial {
        do {
            return try RSA.PrivateKey(pkcs8: der, padding: padding)
        } catch {
            throw JWTError(error)
        }
    }
}

extension RSA.PublicKey: VerifyingMaterial {
    var publicMembers: JSONObject? {
        func text(_ number: [UInt8]) -> JSONValue { .string(Base64URL.encode(number.span)) }
        return ["e": text(exponent), "kty": "RSA", "n": text(modulus)]
    }
}

extension RSA.PrivateKey: SigningMaterial {
    var verifying: any VerifyingMaterial { publicKey }

    func makeSignature(for message: borrowing Span<UInt8>) -> [UInt8] { sign(message) }

    func makePKCS8() -> [UInt8]? { pkcs8() }
}
