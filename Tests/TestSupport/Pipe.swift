internal import Glibc

/// Both ends of a pipe, of which a started program gets only those that are meant for it.
struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw SpawnFailure(call: "pipe", errno: errno) }
        (reading, writing) = (ends[0], ends[1])
    }

    /// Writes all bytes, or as many as the other side reads.
    func write(_ bytes: [UInt8]) {
        _ = Self.brokenPipesAreErrors
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(writing, bytes.baseAddress! + written, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            // A program that does not read its input closes the pipe, which is its right.
            guard count > 0 else { return }
            written += count
        }
    }

    /// A pipe that nobody reads would end the tests with SIGPIPE.
    private static let brokenPipesAreErrors: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}
