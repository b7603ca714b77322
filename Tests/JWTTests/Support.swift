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

    static let es256 = SigningKey.generate(.es256)
    static let edDSA = SigningKey.generate(.edDSA)
    static let ps256 = SigningKey.generate(.ps256)
    static let rs256 = SigningKey.generate(.rs256)

    static func key(_ algorithm: SignatureAlgorithm) throws -> SigningKey {
        switch algorithm {
        case .hs256: try hs256()
        case .es256: es256
        case .edDSA: edDSA
        case .ps256: ps256
        case .rs256: rs256
        }
    }

    /// Another key for the same algorithm; RSA's is not for each test anew.
    static func other(_ algorithm: SignatureAlgorithm) -> SigningKey {
        switch algorithm {
        case .ps256, .rs256: algorithm == .ps256 ? otherPS256 : otherRS256
        case .hs256, .es256, .edDSA: SigningKey.generate(algorithm)
        }
    }

    private static let otherPS256 = SigningKey.generate(.ps256)
    private static let otherRS256 = SigningKey.generate(.rs256)
}

extension SignatureAlgorithm {
    /// Those whose keys are pairs.
    static let pairs = allCases.filter { $0 != .hs256 }
}

// `#expect` cannot take a call apart whose arguments are spans.

func encode(_ bytes: some Sequence<UInt8>) -> String { Base64URL.encode(Array(bytes).span) }

func decode(_ text: String) -> [UInt8]? { Base64URL.decode(text.utf8.span) }

func decode(_ text: [UInt8]) -> [UInt8]? { Base64URL.decode(text.span) }
