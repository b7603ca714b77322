internal import Glibc
internal import Threading

/// Answers the one request that a process was started for as a CGI script (RFC 3875).
public struct CGIResponder: Sendable {
    private let configuration: FastCGIServer.Configuration
    private let handler: FastCGIServer.Handler

    /// A responder with the limits of a server's configuration.
    public init(
        configuration: FastCGIServer.Configuration = .init(), handler: @escaping FastCGIServer.Handler
    ) {
        self.configuration = configuration
        self.handler = handler
    }

    /// Reads the request from the environment and standard input, and writes the reply to standard output.
    ///
    /// The process's arguments are nothing to it: a query without `=` arrives as such (RFC 3875 §4.4).
    public func run() throws(FastCGIError) {
        let response: Response
        switch readRequest() {
        case .success(let request): response = try answer(request)
        case .failure(let refusal): response = configuration.refusalResponse(refusal)
        }
        try write(response.serialized())
    }

    private func readRequest() -> Result<Request, Refusal> {
        let parameters = unsafe RequestParameters(copying: environ)
        let limits = configuration.limits
        guard parameters.byteCount <= limits.maximumParameterBytes, parameters.count <= limits.maximumParameters else {
            return .failure(.parametersTooLarge)
        }
        // The server need not close standard input, so the body is as long as it says (RFC 3875 §4.2).
        let announced = parameters["CONTENT_LENGTH"] ?? ""
        guard announced.isEmpty || announced.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return .failure(.malformed)
        }
        guard let length = announced.isEmpty ? 0 : Int(announced), length <= limits.maximumBodyBytes else {
            return .failure(.bodyTooLarge)
        }
        do throws(RequestError) {
            return .success(try Request(parameters: parameters, body: readBody(length)))
        } catch {
            return .failure(.malformed)
        }
    }

    private func readBody(_ length: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            while count < length {
                let step = unsafe read(STDIN_FILENO, buffer.baseAddress! + count, length - count)
                if step < 0, errno == EINTR { continue }
                guard step > 0 else { return }
                count += step
            }
        }
    }

    /// Runs the handler on this thread.
    private func answer(_ request: Request) throws(FastCGIError) -> Response {
        let queue = try ServingQueue()
        let response = Box()
        let handler = handler
        Task.immediate(executorPreference: queue) {
            let answer = await handler(request)
            response.value.withLock { $0 = answer }
        }
        while true {
            if let response = response.value.withLock({ $0 }) { return response }
            queue.waitForWork()
            while case .job(let job) = queue.next() {
                unsafe job.runSynchronously(on: queue.asUnownedTaskExecutor())
            }
        }
    }

    private final class Box: Sendable {
        let value = Locked<Response?>(nil)
    }

    private func write(_ bytes: [UInt8]) throws(FastCGIError) {
        var written = 0
        while written < bytes.count {
            let step = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(STDOUT_FILENO, bytes.baseAddress! + written, bytes.count - written)
            }
            if step < 0, errno == EINTR { continue }
            guard step > 0 else { throw .system(call: "write", path: nil, errno: errno) }
            written += step
        }
    }
}
