internal import Glibc

/// A secret setting: wiped when its last owner lets go, and never printed.
///
/// Ours and not Cryptography's `SecretBytes`, which this target does not import.
@safe public final class Secret: @unchecked Sendable, CustomStringConvertible, CustomReflectable {
    // Sendable because it is written in `init` and `deinit` alone.
    private let storage: UnsafeMutableBufferPointer<UInt8>

    /// Takes a copy; the caller wipes its own.
    public init(copying bytes: borrowing Span<UInt8>) {
        unsafe storage = .allocate(capacity: bytes.count)
        for index in bytes.indices { unsafe storage.initializeElement(at: index, to: bytes[index]) }
    }

    deinit {
        if let address = unsafe storage.baseAddress { unsafe explicit_bzero(address, storage.count) }
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

extension Secret {
    /// Longer than any secret that makes sense.
    private static let maximumBytes = 4096

    /// Reads a file that holds one secret and a newline or none at its end.
    static func read(file path: String) throws(SettingsProblem.Reason) -> Secret {
        do {
            let file = try BoundedFile(path: path, maximumBytes: maximumBytes, isSecret: true)
            return file.withSpan { bytes in
                let hasNewline = bytes.count > 0 && bytes[bytes.count - 1] == UInt8(ascii: "\n")
                return Secret(copying: bytes.extracting(droppingLast: hasNewline ? 1 : 0))
            }
        } catch {
            throw .unreadableSecret(path: path, error)
        }
    }

    /// Refuses a secret that could be guessed by its length alone (RFC 7518 §3.2).
    func require(bytes minimum: Int) throws(SettingsProblem.Reason) {
        guard count >= minimum else { throw .secretTooShort(bytes: count, minimum: minimum) }
    }
}
