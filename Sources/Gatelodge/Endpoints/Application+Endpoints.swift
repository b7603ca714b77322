internal import Authentication
internal import FastCGI
internal import HTTPTypes
internal import JSON
internal import Logging

extension Application {
    /// The endpoints of the HTTP contract. Those that nginx forwards without a prefix stand at the root as well.
    mutating func addEndpoints() {
        let (authenticator, logger, prefix) = (authenticator, logger, settings.prefix)
        for path in ["/register", prefix + "register"] {
            post(path) { request in try await register(request, authenticator, logger) }
        }
        for path in ["/login", prefix + "login"] {
            post(path) { request in try await logIn(request, authenticator, logger) }
        }
        for path in ["/.well-known/jwks.json", prefix + ".well-known/jwks.json"] {
            get(path) { _ in keySet(authenticator) }
        }
    }
}

/// `POST /register`
private func register(
    _ request: Request, _ authenticator: Authenticator, _ logger: Logger
) async throws -> Response {
    let credentials = try Credentials(request)
    do throws(AuthError) {
        let user = try await authenticator.register(
            username: credentials.username, password: credentials.password, from: request.client)
        logger.info("registered", metadata: ["request_id": "\(request.id)", "account": "\(user.id)"])
        return .json(["message": "user registered successfully"])
    } catch {
        throw ErrorReply(error, request, logger)
    }
}

/// `POST /login`
private func logIn(_ request: Request, _ authenticator: Authenticator, _ logger: Logger) async throws -> Response {
    let credentials = try Credentials(request)
    do throws(AuthError) {
        let loggedIn = try await authenticator.logIn(
            username: credentials.username, password: credentials.password, from: request.client)
        logger.info(
            "logged in", metadata: ["request_id": "\(request.id)", "account": "\(loggedIn.identity.accountID)"])
        // RFC 6749 §5.1, but for the name of the first member, which the contract fixes.
        return .json([
            "token": .string(loggedIn.accessToken ?? ""), "token_type": "Bearer",
            "expires_in": .integer(loggedIn.lifetime.components.seconds),
        ])
    } catch {
        throw ErrorReply(error, request, logger)
    }
}

/// `GET /.well-known/jwks.json` (RFC 7517 §5)
private func keySet(_ authenticator: Authenticator) -> Response {
    Response(
        status: .ok, headerFields: [.cacheControl: "public, max-age=300"],
        body: .init(authenticator.publicKeySet.bytes, contentType: "application/jwk-set+json"))
}
