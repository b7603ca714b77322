package import Authentication
public import FastCGI
public import HTTPTypes
internal import Logging

/// An authentication backend with routes of your own.
///
/// Registration, login and the key set are there already. A route that is `.authenticated` is reached only with a valid
/// access token, and is told whose it is.
///
/// ```swift
/// var app = try Application(settings: .load())
/// app.get("/api/posts", .authenticated) { request, identity in
///     .json(["message": "Welcome \(identity.username)"])
/// }
/// app.delete("/api/posts/{id}", .role("editor")) { request, identity in
///     .json(["message": "\(request.pathParameter("id")) is gone"])
/// }
/// try app.run()
/// ```
///
/// `{id}` in a path stands for one segment. Where a path with such a parameter and one without match, the one without wins.
///
/// The paths are those that nginx forwards. A handler may throw an ``ErrorReply``; any other error becomes a 500 and is
/// explained in the log alone. Handlers run on the serving threads: they wait with `await` and must not block.
public struct Application: Sendable {
    /// A handler of a route that anyone may ask.
    public typealias Handler = @Sendable (Request) async throws -> Response
    /// A handler of a route that asks for an identity first.
    public typealias ProtectedHandler = @Sendable (Request, Identity) async throws -> Response

    let settings: Settings
    let logger: Logger
    package let authenticator: Authenticator
    let gatekeeper: Gatekeeper
    private let crossOrigin: CrossOrigin
    private let requestLog: RequestLog
    /// What is counted.
    package let metrics = InstanceMetrics()
    /// The version of the program that serves, for reports.
    let version: String
    /// The time, in Unix seconds.
    package var unixSeconds: @Sendable () -> Int64 = { WallClock.unixSeconds }
    private var router = Router()

    /// Opens the database and the keys.
    ///
    /// - Throws: ``StartError`` with one line for the operator.
    public init(settings: Settings) throws(StartError) {
        try self.init(settings: settings, hashing: .threads, version: "")
    }

    /// - Parameter version: of the program, where it has one to show.
    package init(settings: Settings, hashing: HashingMode, version: String) throws(StartError) {
        self.settings = settings
        self.version = version
        logger = try InstanceLog.logger(settings.log)
        authenticator = try Authenticator.open(settings, hashing: hashing, logger: logger)
        gatekeeper = Gatekeeper(
            authenticator: authenticator, key: settings.fastcgi.key, allowedOrigins: Set(settings.cors.origins),
            logger: logger)
        crossOrigin = CrossOrigin(allowed: Set(settings.cors.origins))
        requestLog = RequestLog(settings.log, logger: logger)
        addEndpoints()
        addStatus()
    }

    /// Adds a route.
    ///
    /// - Precondition: the path begins with `/`, and no route is there for this method and path.
    public mutating func on(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        add(method, path, surface: nil, handler)
    }

    /// Adds a protected route.
    public mutating func on(
        _ method: HTTPRequest.Method, _ path: String, _ protection: Protection, _ handler: @escaping ProtectedHandler
    ) {
        on(method, path, surface: nil, protection, handler)
    }

    /// Adds a route of a surface, for anyone who reaches it.
    package mutating func on(
        _ method: HTTPRequest.Method, _ path: String, surface: Surface, _ handler: @escaping Handler
    ) {
        add(method, path, surface: surface, handler)
    }

    /// Adds a protected route of a surface.
    package mutating func on(
        _ method: HTTPRequest.Method, _ path: String, surface: Surface?, _ protection: Protection,
        _ handler: @escaping ProtectedHandler
    ) {
        let gatekeeper = gatekeeper
        add(method, path, surface: surface) { request in
            let identity = try gatekeeper.identity(of: request)
            try protection.check(identity.roles)
            return try await handler(request, Identity(identity))
        }
    }

    private mutating func add(
        _ method: HTTPRequest.Method, _ path: String, surface: Surface?, _ handler: @escaping Handler
    ) {
        let name = RouteName(surface: surface?.rawValue ?? "public", method: method.rawValue, route: path)
        router.add(method, path, surface: surface, Route(handler: handler, metrics: metrics.route(name)))
    }

    /// Answers one request, as `run` does, and counts it.
    package func respond(to request: Request) async -> Response {
        let begin = MonotonicClock.nanoseconds
        let (response, route) = await answer(request)
        let (status, duration) = (response.status.code, MonotonicClock.nanoseconds - begin)
        route.record(status: status, nanoseconds: duration)
        requestLog.note(request, route.name, status: status, nanoseconds: duration)
        return response
    }

    private func answer(_ request: Request) async -> (Response, RouteMetrics) {
        let parameters = DoorParameters(request)
        if !gatekeeper.admits(parameters.key) {
            logger.warning("a request without the right AUTH_KEY", metadata: ["request_id": "\(request.id)"])
            return (reply(.wrongKey, to: request), metrics.unmatched)
        }
        if request.role == .authorizer { return (authorize(request, parameters), metrics.authorizer) }
        guard let name = parameters.surfaceName else { return await answer(request, surface: nil) }
        switch Surface(rawValue: String(decoding: name, as: UTF8.self)) {
        case .verify: return (verify(request, parameters), metrics.verify)
        case let surface?: return await answer(request, surface: surface)
        case nil: return (reply(.notFound, to: request), metrics.unmatched)
        }
    }

    /// Answers with what the routes say.
    private func answer(_ request: Request, surface: Surface?) async -> (Response, RouteMetrics) {
        let match = router.match(request.method, request.path, surface: surface)
        let counted = if case .route(let route, _) = match { route.metrics } else { metrics.unmatched }
        var response: Response
        do {
            response = try await respond(to: request, match)
        } catch let error as ErrorReply {
            response = error.response(requestID: request.id)
        } catch {
            let id = request.id
            // The type alone: what an error of a handler's says may hold anything.
            logger.error("a handler failed", metadata: ["request_id": "\(id)", "error": "\(type(of: error))"])
            response = ErrorReply.internalError.response(requestID: id)
        }
        crossOrigin.addFields(to: &response, for: request)
        response.addCommonFields()
        return (response, counted)
    }

    private func respond(to request: Request, _ match: Router.Match) async throws -> Response {
        switch match {
        case .route(let route, let values):
            try gatekeeper.refuseForeign(request)
            guard !values.isEmpty else { return try await route.handler(request) }
            var request = request
            request.pathParameters = values
            return try await route.handler(request)
        case .options(let allowed): return crossOrigin.options(allowed: allowed, for: request)
        case .methodNotAllowed(let allowed): throw ErrorReply.methodNotAllowed(allowed)
        case .notFound: throw ErrorReply.notFound
        }
    }

    /// An error with everything that every reply carries.
    func reply(_ error: ErrorReply, to request: Request) -> Response {
        var response = error.response(requestID: request.id)
        response.addCommonFields()
        return response
    }
}
