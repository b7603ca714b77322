internal import Glibc

/// The bytes of one small file, wiped when it is let go of: it may have held a secret.
@safe package struct BoundedFile: ~Copyable {
    private let storage: UnsafeMutableBufferPointer<UInt8>
    private let count: Int

    /// - Parameter isSecret: whether the file must be closed to other users; it is then refused before a byte is read.
    package init(path: String, maximumBytes: Int, isSecret: Bool) throws(FileFault) {
        // Without O_NONBLOCK the opening of a pipe would wait for its writer.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .absent : .refused(errno) }
        defer { close(descriptor) }

        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .refused(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        if isSecret,
            let fault = SecretFileRule.fault(
                path: path, mode: status.st_mode & 0o7777, owner: status.st_uid, user: geteuid())
        {
            throw fault
        }

        // One byte more than allowed shows that there is more, also when the file grows meanwhile.
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: maximumBytes + 1)
        var filled = 0
        var fault: FileFault?
        while fault == nil, filled < maximumBytes + 1 {
            let count = unsafe read(descriptor, buffer.baseAddress! + filled, maximumBytes + 1 - filled)
            if count == 0 { break }
            if count > 0 { filled += count } else if errno != EINTR { fault = .refused(errno) }
        }
        if filled > maximumBytes { fault = .tooLarge(maximumBytes: maximumBytes) }
        if let fault {
            unsafe explicit_bzero(buffer.baseAddress!, filled)
            unsafe buffer.deallocate()
            throw fault
        }
        unsafe storage = buffer
        count = filled
    }

    deinit {
        unsafe explicit_bzero(storage.baseAddress!, count)
        unsafe storage.deallocate()
    }

    /// Lends the bytes for the length of one call.
    package borrowing func withSpan<Result, Failure>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(unsafe Span(_unsafeElements: UnsafeBufferPointer(rebasing: storage[..<count])))
    }
}

/// The system's sentence for an `errno`.
func message(of code: Int32) -> String {
    unsafe String(cString: strerror(code))
}
