import Cryptography

// `#expect` cannot take a call apart whose arguments are spans.

extension HMACSHA256 {
    func accepts(_ code: some Sequence<UInt8>, for message: [UInt8]) -> Bool {
        isValid(Array(code).span, for: message.span)
    }
}

extension P256.PublicKey {
    func accepts(_ signature: some Sequence<UInt8>, for message: [UInt8]) -> Bool {
        isValid(Array(signature).span, for: message.span)
    }
}

extension Ed25519.PublicKey {
    func accepts(_ signature: some Sequence<UInt8>, for message: [UInt8]) -> Bool {
        isValid(Array(signature).span, for: message.span)
    }
}

extension RSA.PublicKey {
    func accepts(_ signature: some Sequence<UInt8>, for message: [UInt8]) -> Bool {
        isValid(Array(signature).span, for: message.span)
    }
}

/// The bytes of a fixed-size array.
func array<let count: Int>(_ bytes: [count of UInt8]) -> [UInt8] { bytes.indices.map { bytes[$0] } }
