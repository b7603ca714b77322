internal import Authentication
internal import FastCGI
internal import Logging

/// The endpoints of the HTTP contract: each reads a request, asks the rules and writes their answer down. Each topic is an
/// extension in a file of its own.
struct Endpoints: Sendable {
    let authenticator: Authenticator
    let gatekeeper: Gatekeeper
    /// How long a browser keeps the cookie of a session.
    let cookieLifetime: Duration
    let logins: BusiestAddress
    let description: APIDescription
    let logger: Logger

    /// Asks the rules. What they refuse becomes a reply of the error table.
    nonisolated(nonsending) func ask<Answer: Sendable>(
        _ request: Request, _ question: nonisolated(nonsending) () async throws(AuthError) -> Answer
    ) async throws(ErrorReply) -> Answer {
        do throws(AuthError) {
            return try await question()
        } catch {
            throw ErrorReply(error, request, logger)
        }
    }

    /// The same for what the rules answer at once.
    func ask<Answer>(_ request: Request, _ question: () throws(AuthError) -> Answer) throws(ErrorReply) -> Answer {
        do throws(AuthError) {
            return try question()
        } catch {
            throw ErrorReply(error, request, logger)
        }
    }
}
