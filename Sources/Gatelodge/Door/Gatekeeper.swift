internal import Authentication
internal import Cryptography
internal import FastCGI
internal import Logging

/// Judges what a request shows of itself, before anything is done for it.
struct Gatekeeper: Sendable {
    let authenticator: Authenticator
    /// What the web server must show; nil where nothing.
    let key: SecretBytes?
    let allowedOrigins: Set<WebOrigin>
    let logger: Logger

    /// Whether the web server has shown the key, where one is asked for.
    func admits(_ shown: ArraySlice<UInt8>?) -> Bool {
        guard let key else { return true }
        guard let shown else { return false }
        return key.withSpan { constantTimeEquals($0, shown.span) }
    }

    /// Who a request comes from, by its token or else by its cookie.
    ///
    /// - Throws: ``ErrorReply`` with 401 for a missing or bad credential, with 403 where a page of another site may have
    ///   made the browser send its cookie along.
    func identity(of request: Request) throws(ErrorReply) -> Authentication.Identity {
        switch try request.credential() {
        case .token(let token):
            do throws(AuthError) { return try authenticator.authenticate(token.span) } catch {
                throw ErrorReply(error, request, logger)
            }
        case .cookie(let value):
            // A browser sends it along whoever asks.
            if request.isUnsafe, Provenance(request, allowed: allowedOrigins) != .own { throw .crossSite }
            do throws(AuthError) { return try authenticator.authenticate(cookie: value.span) } catch {
                throw ErrorReply(error, request, logger)
            }
        }
    }

    /// Refuses what the page of another site asks to change.
    func refuseForeign(_ request: Request) throws(ErrorReply) {
        if request.isUnsafe, Provenance(request, allowed: allowedOrigins) == .foreign { throw .crossSite }
    }
}
