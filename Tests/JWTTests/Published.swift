import Foundation
import JSON
import JWT
import TestSupport

/// Files of the foreign vectors.
enum Published {
    static let folder = "rfc-jose-vectors/tests/vectors/"

    static func files(_ folder: String, ending: [String]) -> [String] {
        guard Corpora.isPresent else { return [] }
        let all = try? FileManager.default.subpathsOfDirectory(atPath: Corpora.folder.appending(path: folder).path)
        return (all ?? []).filter { name in ending.contains { name.hasSuffix($0) } }.sorted()
    }

    static func text(_ name: String) throws -> String {
        String(decoding: try Corpora.bytes(name), as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    static func object(_ name: String) throws -> JSONObject {
        let text = try Corpora.bytes(name)
        let value = try JSONValue(parsing: text.span, limits: JSONLimits(maximumBytes: 1 << 20))
        guard let object = value.objectValue else { throw CocoaError(.fileReadCorruptFile) }
        return object
    }

    /// A key of ``folder``, by its name without ending.
    static func key(_ name: String, _ algorithm: SignatureAlgorithm? = nil) throws -> VerificationKey {
        let text = try Corpora.bytes(folder + name + ".jwk")
        return try VerificationKey(jwk: text.span, algorithm: algorithm)
    }

    static func verify(_ token: String, _ key: VerificationKey) throws(JWTError) -> CompactJWS {
        try CompactJWS(verifying: token.utf8.span, keys: KeySet(key))
    }
}
