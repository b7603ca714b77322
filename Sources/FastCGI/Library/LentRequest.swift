internal import CFastCGI
internal import Glibc

/// libfcgi's request structure, lent one connection's descriptor for one request at a time.
///
/// The library neither accepts nor waits: the gate has seen the whole request before ``accept(_:)``, so every read that
/// the library does finds its bytes. Between ``finish(_:)`` and the next ``accept(_:)`` it keeps nothing of the connection.
@safe final class LentRequest {
    private let request: UnsafeMutablePointer<FCGX_Request>

    init() {
        unsafe request = .allocate(capacity: 1)
        unsafe request.initialize(to: FCGX_Request())
        _ = unsafe FCGX_InitRequest(request, -1, 0)
    }

    deinit {
        // Frees the streams of a request that was begun and never finished; the descriptor is its connection's.
        unsafe FCGX_Free(request, 0)
        unsafe request.deallocate()
    }

    /// What the library made of the bytes.
    enum Accepted {
        case request(RequestParameters, body: [UInt8], role: Role)
        /// The library saw something else than the gate did, and has closed the descriptor.
        case closed
    }

    /// Lends the descriptor and copies the request out, with its body of so many bytes.
    func accept(_ descriptor: Int32, bodyBytes: Int) -> Accepted {
        unsafe request.pointee.ipcFd = descriptor
        unsafe request.pointee.keepConnection = 1  // else the finish inside accept closes the descriptor
        unsafe request.pointee.detached = 1  // else closing lingers for two seconds
        guard unsafe FCGX_Accept_r(request) == 0 else { return .closed }
        // The gate lets no name with `=` pass; FCGI_ROLE is the library's own.
        let parameters = unsafe RequestParameters(copying: request.pointee.envp)
        // An authorizer's standard input may have no end that could be read.
        if unsafe request.pointee.role == Int32(Role.authorizer.rawValue) {
            return .request(parameters, body: [], role: .authorizer)
        }
        return .request(parameters, body: copyBody(bytes: bodyBytes), role: .responder)
    }

    /// Writes the reply and the request's end, in one write where both fit 8 KiB.
    ///
    /// - Returns: whether the connection is kept; if not, its descriptor has been closed.
    func finish(_ reply: [UInt8]) -> Bool {
        unsafe reply.withUnsafeBytes { bytes in
            _ = unsafe FCGX_PutStr(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), request.pointee.out)
        }
        unsafe FCGX_Finish_r(request)
        return unsafe request.pointee.ipcFd >= 0
    }

    /// Makes the finish close the connection.
    func dropConnection() {
        unsafe request.pointee.keepConnection = 0
    }

    /// Reads the body that the gate has measured, and the record that ends it.
    private func copyBody(bytes length: Int) -> [UInt8] {
        var body: [UInt8] = []
        if length > 0 {
            body = unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
                count = Int(unsafe FCGX_GetStr(buffer.baseAddress, Int32(length), request.pointee.in))
            }
        }
        _ = unsafe FCGX_GetChar(request.pointee.in)
        return body
    }
}
