internal import FastCGI
internal import HTTPTypes

/// Finds the handler of a path and method. Paths are compared as they are; nginx has decoded and normalised them.
struct Router: Sendable {
    typealias Handler = @Sendable (Request) async throws -> Response

    private var open = RouteTable()
    private var surfaces: [Surface: RouteTable] = [:]

    /// - Precondition: the path is one that ``RoutePath`` takes, and has no handler for this method yet.
    mutating func add(
        _ method: HTTPRequest.Method, _ path: String, surface: Surface? = nil, _ route: Route
    ) {
        if let surface {
            surfaces[surface, default: RouteTable()].add(method, RoutePath(path), route)
        } else {
            open.add(method, RoutePath(path), route)
        }
    }

    /// What there is for a request.
    enum Match {
        /// The route, and what its handler finds in the path.
        case route(Route, [(name: String, value: String)])
        /// The answer to OPTIONS (RFC 9110 §9.3.7).
        case options(allowed: String)
        case methodNotAllowed(allowed: String)
        case notFound
    }

    /// A route of a surface is found through it alone, and through it nothing else is: whatever guards a location of
    /// nginx's that names a surface guards just that.
    func match(_ method: HTTPRequest.Method, _ path: String, surface: Surface? = nil) -> Match {
        let table = if let surface { surfaces[surface] } else { Optional(open) }
        guard let (methods, values) = table?.find(path) else { return .notFound }
        if let route = methods[method] { return .route(route, values) }
        // RFC 9110 §9.3.2: HEAD is GET without content, which nginx leaves away.
        if method == .head, let route = methods[.get] { return .route(route, values) }
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
