internal import Glibc

/// Room for one look at the bytes that wait on a connection, one for each thread that looks.
@safe final class PeekBuffer {
    private let bytes: UnsafeMutableRawBufferPointer

    init() {
        unsafe bytes = .allocate(byteCount: RequestLimits.maximumRequestBytes, alignment: 16)
    }

    deinit { unsafe bytes.deallocate() }

    /// What a look found.
    enum Look<Result> {
        case nothing
        case end
        case bytes(Result)
    }

    /// Looks at the waiting bytes and leaves them where they are.
    func peek<Result>(_ descriptor: Int32, _ body: (borrowing Span<UInt8>) -> Result) -> Look<Result> {
        receive(descriptor, flags: Int32(MSG_PEEK | MSG_DONTWAIT), count: RequestLimits.maximumRequestBytes, body)
    }

    /// Takes at most `count` waiting bytes.
    func take<Result>(
        _ descriptor: Int32, count: Int = RequestLimits.maximumRequestBytes, _ body: (borrowing Span<UInt8>) -> Result
    ) -> Look<Result> {
        receive(descriptor, flags: Int32(MSG_DONTWAIT), count: count, body)
    }

    private func receive<Result>(
        _ descriptor: Int32, flags: Int32, count: Int, _ body: (borrowing Span<UInt8>) -> Result
    ) -> Look<Result> {
        while true {
            let count = unsafe recv(descriptor, bytes.baseAddress, count, flags)
            if count > 0 {
                return .bytes(unsafe body(Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: bytes[..<count]))))
            }
            if count == 0 { return .end }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .nothing : .end
        }
    }
}
