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
/// try app.run()
/// ```
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
    let authenticator: Authenticator
    private var router = Router()

    /// Opens the database and the keys.
    ///
    /// - Throws: ``StartError`` with one line for the operator.
    public init(settings: Settings) throws(StartError) {
        try self.init(settings: settings, hashing: .threads)
    }

    package init(settings: Settings, hashing: HashingMode) throws(StartError) {
        self.settings = settings
        logger = InstanceLog.logger(level: settings.log.level)
        authenticator = try Authenticator.open(settings, hashing: hashing, logger: logger)
        addEndpoints()
    }

    /// Adds a route.
    ///
    /// - Precondition: the path begins with `/`, and no route is there for this method and path.
    public mutating func on(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        router.add(method, path, handler)
    }

    /// Adds a protected route.
    public mutating func on(
        _ method: HTTPRequest.Method, _ path: String, _ protection: Protection, _ handler: @escaping ProtectedHandler
    ) {
        let (authenticator, logger) = (authenticator, logger)
        router.add(method, path) { request in
            try await handler(request, authenticator.identity(of: request, logger))
        }
    }

    /// Adds a route for GET, and so for HEAD.
    public mutating func get(_ path: String, _ handler: @escaping Handler) { on(.get, path, handler) }

    /// Adds a protected route for GET, and so for HEAD.
    public mutating func get(_ path: String, _ protection: Protection, _ handler: @escaping ProtectedHandler) {
        on(.get, path, protection, handler)
    }

    /// Adds a route for POST.
    public mutating func post(_ path: String, _ handler: @escaping Handler) { on(.post, path, handler) }

    /// Adds a protected route for POST.
    public mutating func post(_ path: String, _ protection: Protection, _ handler: @escaping ProtectedHandler) {
        on(.post, path, protection, handler)
    }

    /// Answers one request, as `run` does.
    package func respond(to request: Request) async -> Response {
        var response: Response
        do {
            response = try await route(request)
        } catch let error as ErrorReply {
            response = error.response(requestID: request.id)
        } catch {
            let id = request.id
            // The type alone: what an error of a handler's says may hold anything.
            logger.error("a handler failed", metadata: ["request_id": "\(id)", "error": "\(type(of: error))"])
            response = ErrorReply.internalError.response(requestID: id)
        }
        response.addCommonFields()
        return response
    }

    private func route(_ request: Request) async throws -> Response {
        switch router.match(request.method, request.path) {
        case .handler(let handler): return try await handler(request)
        case .options(let allowed): return Response(status: .noContent, headerFields: [.allow: allowed])
        case .methodNotAllowed(let allowed): throw ErrorReply.methodNotAllowed(allowed)
        case .notFound: throw ErrorReply.notFound
        }
    }
}
