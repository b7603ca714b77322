internal import Cryptography
internal import Storage

extension ThrottleKey {
    private enum Kind: UInt8 {
        case account = 1
        case accountAddress
        case address
        case registration
    }

    /// - Parameter name: as someone typed it. One that no account can have is counted as well.
    static func account(_ name: String) -> ThrottleKey { ThrottleKey(.account, canonical(name)) }

    static func accountAddress(_ name: String, _ network: [UInt8]) -> ThrottleKey {
        // The address has one of two lengths, so no two pairs are written alike.
        ThrottleKey(.accountAddress, [UInt8(network.count)] + network + canonical(name))
    }

    static func address(_ network: [UInt8]) -> ThrottleKey { ThrottleKey(.address, network) }

    static func registration(_ network: [UInt8]) -> ThrottleKey { ThrottleKey(.registration, network) }

    private init(_ kind: Kind, _ bytes: [UInt8]) {
        let digest = SHA256.digest(([kind.rawValue] + bytes).span)
        self.init(digest: digest.indices.map { digest[$0] })
    }

    private static func canonical(_ name: String) -> [UInt8] {
        // Why a name is not one is nobody's business at a login.
        guard let username = try? Username(parsing: name) else { return [0] + Array(name.utf8) }
        return Array(username.canonical.utf8)
    }
}
