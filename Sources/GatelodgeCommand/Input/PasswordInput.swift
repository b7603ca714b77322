internal import Bcrypt
internal import Cryptography
internal import Glibc

/// A password from a person at a terminal, asked for twice where it is a new one, or else from standard input.
enum PasswordInput {
    static func read(isNew: Bool) throws -> SecretBytes {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let password = StandardInput.readSecret(maximumBytes: Bcrypt.maximumPasswordBytes) else {
                throw failure("a password is at most \(Bcrypt.maximumPasswordBytes) bytes", status: 2)
            }
            return password
        }
        let password = try ask("Password: ")
        guard isNew else { return password }
        let again = try ask("Again: ")
        let isSame = password.withSpan { first in again.withSpan { constantTimeEquals(first, $0) } }
        guard isSame else { throw failure("these are two different passwords", status: 2) }
        return password
    }

    /// Asks without echo.
    private static func ask(_ prompt: String) throws -> SecretBytes {
        var terminal = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &terminal) == 0 else { throw failure("the terminal does not answer") }
        var silent = terminal
        silent.c_lflag &= ~tcflag_t(ECHO)
        silent.c_lflag |= tcflag_t(ICANON)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal)
            writeAll("\n", to: STDERR_FILENO)
        }
        writeAll(prompt, to: STDERR_FILENO)
        var bytes = [UInt8](repeating: 0, count: Bcrypt.maximumPasswordBytes + 2)
        defer { wipe(&bytes) }
        // A terminal hands over one line at a time.
        var count = unsafe Glibc.read(STDIN_FILENO, &bytes, bytes.count)
        guard count > 0 else { throw failure("no password was given", status: 2) }
        if bytes[count - 1] == UInt8(ascii: "\n") { count -= 1 }
        guard count <= Bcrypt.maximumPasswordBytes else {
            throw failure("a password is at most \(Bcrypt.maximumPasswordBytes) bytes", status: 2)
        }
        return SecretBytes(copying: bytes.span.extracting(first: count))
    }
}
