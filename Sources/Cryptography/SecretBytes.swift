internal import COpenSSL

/// Bytes that are wiped when their last owner lets go of them and that never print.
///
/// Sharing a reference, and never copying, keeps a secret in one place of memory.
@safe public final class SecretBytes: @unchecked Sendable, CustomStringConvertible, CustomReflectable {
    // Sendable because it is written in `init` and `deinit` alone.
    private let storage: UnsafeMutableBufferPointer<UInt8>

    /// Takes a copy; the caller wipes its own (``wipe(_:)``).
    public init(copying bytes: borrowing Span<UInt8>) {
        unsafe storage = .allocate(capacity: bytes.count)
        for index in bytes.indices { unsafe storage.initializeElement(at: index, to: bytes[index]) }
    }

    deinit {
        unsafe OPENSSL_cleanse(storage.baseAddress, storage.count)
        unsafe storage.deallocate()
    }

    /// How many bytes.
    public var count: Int { unsafe storage.count }

    /// Lends the secret for the length of one call.
    public func withSpan<Result, Failure>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(unsafe Span(_unsafeElements: UnsafeBufferPointer(storage)))
    }

    /// Never the bytes.
    public var description: String { "<redacted>" }

    /// Keeps `dump` from the bytes as well.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Overwrites secret bytes in place, in a way that the optimiser keeps.
package func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
}
