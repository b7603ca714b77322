internal import JWT

private let keys: KeySet = {
    let secret = [UInt8]("a secret that fuzzers may well know".utf8)
    // Fails for short secrets only, and this one is long enough.
    guard let key = try? VerificationKey(hs256Secret: secret.span) else {
        preconditionFailure("the secret is too short")
    }
    return KeySet(key)
}()

/// A token that is let pass has one spelling: its parts encode to what was read. base64url is read to one spelling only.
func fuzzToken(_ bytes: borrowing Span<UInt8>) {
    if let decoded = Base64URL.decode(bytes) {
        let text = Base64URL.encode(decoded.span)
        precondition(text.utf8.elementsEqual((0..<bytes.count).map { bytes[$0] }), "base64url has a second spelling")
    }
    do throws(JWTError) {
        let token = try CompactJWS(verifying: bytes, keys: keys)
        precondition(bytes.count <= CompactJWS.maximumTokenBytes, "a long token is let pass")
        let signed = Base64URL.encode(token.headerBytes.span) + "." + Base64URL.encode(token.payload.span) + "."
        precondition((0..<bytes.count).map { bytes[$0] }.starts(with: signed.utf8), "a token has a second spelling")
    } catch {
        return
    }
}
