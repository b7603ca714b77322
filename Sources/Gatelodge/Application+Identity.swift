internal import Authentication
internal import FastCGI
internal import Logging

extension Authenticator {
    /// Whose token a request carries.
    func identity(of request: Request, _ logger: Logger) throws(ErrorReply) -> Identity {
        let token = try request.token()
        do throws(AuthError) {
            let identity = try authenticate(token.span)
            return Identity(
                accountID: identity.accountID, username: identity.username, roles: identity.roles)
        } catch {
            throw ErrorReply(error, request, logger)
        }
    }
}
