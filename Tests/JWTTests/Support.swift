import JWT

/// The time at which all tests take place.
let now = UnixTime(1_800_000_000)

let secret = [UInt8]("0123456789abcdef0123456789abcdef".utf8)

/// A key for each algorithm, made once: pairs take time.
enum Keys {
    static func hs256() throws -> SigningKey {
        let secret = secret
        return try SigningKey(hs256Secret: secret.span)
    }

    static let es256 = SigningKey.generateES256()

    static func key(_ algorithm: SignatureAlgorithm) throws -> SigningKey {
        switch algorithm {
        case .hs256: try hs256()
        case .es256: es256
        }
    }
}

// `#expect` cannot take a call apart whose arguments are spans.

func encode(_ bytes: some Sequence<UInt8>) -> String { Base64URL.encode(Array(bytes).span) }

func decode(_ text: String) -> [UInt8]? { Base64URL.decode(text.utf8.span) }

func decode(_ text: [UInt8]) -> [UInt8]? { Base64URL.decode(text.span) }
