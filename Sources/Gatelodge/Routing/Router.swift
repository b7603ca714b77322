internal import FastCGI
internal import HTTPTypes

/// Finds the handler of a path and method. Paths are compared as they are; nginx has decoded and normalised them.
struct Router: Sendable {
    typealias Handler = @Sendable (Request) async throws -> Response

    private var routes: [String: [HTTPRequest.Method: Handler]] = [:]

    /// - Precondition: the path begins with `/` and has no handler for this method yet.
    mutating func add(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        precondition(path.hasPrefix("/"), "a route's path begins with /")
        let previous = routes[path, default: [:]].updateValue(handler, forKey: method)
        precondition(previous == nil, "\(method) \(path) has two handlers")
    }

    /// What there is for a request.
    enum Match {
        case handler(Handler)
        /// The answer to OPTIONS (RFC 9110 §9.3.7).
        case options(allowed: String)
        case methodNotAllowed(allowed: String)
        case notFound
    }

    func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
        guard let methods = routes[path] else { return .notFound }
        if let handler = methods[method] { return .handler(handler) }
        // RFC 9110 §9.3.2: HEAD is GET without content, which nginx leaves away.
        if method == .head, let handler = methods[.get] { return .handler(handler) }
        let allowed = Self.allowed(methods.keys)
        return method == .options ? .options(allowed: allowed) : .methodNotAllowed(allowed: allowed)
    }

    /// The value of `Allow` (RFC 9110 §10.2.1).
    private static func allowed(_ methods: some Sequence<HTTPRequest.Method>) -> String {
        var names = Set(methods.map(\.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        names.insert("OPTIONS")
        return names.sorted().joined(separator: ", ")
    }
}
