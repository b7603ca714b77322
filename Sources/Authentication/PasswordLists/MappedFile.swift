internal import Glibc

/// A file that is read where it lies, however large it is.
@safe final class MappedFile: @unchecked Sendable {
    // Sendable because nothing is written after `init`.
    private let bytes: UnsafeRawBufferPointer
    private let descriptor: Int32

    init(path: String) throws(PasswordListFault) {
        // Without O_NONBLOCK the opening of a pipe would wait for its writer.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .absent : .refused(errno) }
        do throws(PasswordListFault) {
            unsafe bytes = try Self.map(descriptor)
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit {
        unsafe munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        close(descriptor)
    }

    /// Lends the bytes for the length of one call.
    ///
    /// Reading a page that was cut off ends the process (mmap(2), SIGBUS), so it is asked first whether any was.
    ///
    /// - Throws: ``PasswordListFault/changed``, and what `body` throws.
    func withSpan<Result>(
        _ body: (borrowing Span<UInt8>) throws(PasswordListFault) -> Result
    ) throws(PasswordListFault) -> Result {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, unsafe status.st_size == bytes.count else { throw .changed }
        return try unsafe body(Span(_unsafeBytes: bytes))
    }

    private static func map(_ descriptor: Int32) throws(PasswordListFault) -> UnsafeRawBufferPointer {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .refused(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        guard status.st_size > 0 else { throw .empty }
        let address = unsafe mmap(nil, status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard unsafe address != MAP_FAILED else { throw .refused(errno) }
        // A search reads here and there; what lies beside is of no use.
        unsafe madvise(address, status.st_size, MADV_RANDOM)
        return unsafe UnsafeRawBufferPointer(start: address, count: status.st_size)
    }
}
