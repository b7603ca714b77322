package import Cryptography

extension SecretBytes {
    /// Longer than any secret that makes sense.
    private static let maximumBytes = 4096

    /// Reads a file that holds one secret and a newline or none at its end.
    package static func read(file path: String) throws(SettingsProblem.Reason) -> SecretBytes {
        do {
            let file = try BoundedFile(path: path, maximumBytes: maximumBytes, isSecret: true)
            return file.withSpan { bytes in
                let hasNewline = bytes.count > 0 && bytes[bytes.count - 1] == UInt8(ascii: "\n")
                return SecretBytes(copying: bytes.extracting(droppingLast: hasNewline ? 1 : 0))
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
