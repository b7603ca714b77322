internal import Authentication
internal import Cryptography
internal import FastCGI
internal import HTTPTypes

/// `GET /.well-known/jwks.json` (RFC 7517 §5)
func keySet(_ request: Request, _ authenticator: Authenticator) -> Response {
    let keys = authenticator.publicKeySet
    let tag = entityTag(of: keys)
    let fields: HTTPFields = [.cacheControl: "public, max-age=300", .eTag: tag]
    if request.header(.ifNoneMatch).map({ matches($0, tag) }) == true {
        return Response(status: .notModified, headerFields: fields)
    }
    return Response(
        status: .ok, headerFields: fields, body: .init(keys, contentType: "application/jwk-set+json"))
}

/// A strong entity tag (RFC 9110 §8.8.3): equal bytes have equal ones, in every process.
private func entityTag(of bytes: [UInt8]) -> String {
    let digest = SHA256.digest(bytes.span)
    let digits = digest.indices.prefix(16).map { index in
        let digits = String(digest[index], radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }
    return "\"" + digits.joined() + "\""
}

/// `If-None-Match` compares weakly (RFC 9110 §13.1.2).
private func matches(_ condition: String, _ tag: String) -> Bool {
    condition.split(separator: ",").contains { candidate in
        let candidate = candidate.trimmingOptionalWhitespace()
        return candidate == "*" || candidate == tag || candidate == "W/" + tag
    }
}
