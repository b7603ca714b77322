internal import Cryptography
internal import JWT

/// Makes refresh tokens and recognises them, without a table.
///
/// A token is `glr_` and, in base64url, the session's id (16 bytes), its generation (4), a secret (32) and a tag (16), which only
/// we can make: an old token of a session is known to be genuine though only the hash of the newest is stored, and whoever has
/// learnt no more than a session's id cannot end it by "reusing" made-up tokens. The secret of a successor is a function of the token that
/// it follows, so that any number of exchanges of one token, in any process, give the same one.
struct RefreshTokens: Sendable {
    static let prefix = "glr_"

    private static let sessionIDCount = 16
    private static let bodyCount = sessionIDCount + 4 + 32
    private static let tagCount = 16
    private static let textCount = 4 + ((bodyCount + tagCount) * 4 + 2) / 3

    private let tag: HMACSHA256
    private let successor: HMACSHA256

    init(_ masterKey: MasterKey) {
        tag = masterKey.authenticator(.refreshTag)
        successor = masterKey.authenticator(.refreshSuccessor)
    }

    /// The first token of a session, from the system's generator.
    /// - Precondition: `sessionID` has 16 bytes.
    func first(sessionID: [UInt8]) -> RefreshToken {
        make(sessionID: sessionID, generation: 0, secret: randomBytes(32))
    }

    /// The one token that may follow; `nil` for the last that a session can have, some millennia on.
    func successor(of token: RefreshToken) -> RefreshToken? {
        guard token.generation < .max else { return nil }
        let code = successor.authenticationCode(for: token.text.utf8.span)
        return make(
            sessionID: token.sessionID, generation: token.generation + 1, secret: code.indices.map { code[$0] })
    }

    /// The token that a text is, if we have made it.
    func parse(_ text: String) -> RefreshToken? {
        guard text.utf8.count == Self.textCount, text.utf8.starts(with: Self.prefix.utf8) else { return nil }
        let encoded = Array(text.utf8.dropFirst(Self.prefix.utf8.count))
        guard let bytes = Base64URL.decode(encoded.span) else { return nil }
        let body = Array(bytes[..<Self.bodyCount])
        let given = Array(bytes[Self.bodyCount...])
        guard constantTimeEquals(makeTag(body).span, given.span) else { return nil }
        return RefreshToken(
            text: text, sessionID: Array(body[..<Self.sessionIDCount]),
            generation: body[Self.sessionIDCount..<Self.sessionIDCount + 4].reduce(0) { $0 << 8 | UInt32($1) })
    }

    private func make(sessionID: [UInt8], generation: UInt32, secret: [UInt8]) -> RefreshToken {
        precondition(sessionID.count == Self.sessionIDCount, "a session's id has 16 bytes")
        var bytes = sessionID
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: generation >> UInt32(shift))) }
        bytes += secret
        bytes += makeTag(bytes)
        return RefreshToken(
            text: Self.prefix + Base64URL.encode(bytes.span), sessionID: sessionID, generation: generation)
    }

    private func makeTag(_ body: [UInt8]) -> [UInt8] {
        let code = tag.authenticationCode(for: body.span)
        return (0..<Self.tagCount).map { code[$0] }
    }
}
