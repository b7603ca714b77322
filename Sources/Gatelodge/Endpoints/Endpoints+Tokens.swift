internal import Authentication
internal import FastCGI
internal import HTTPTypes
internal import JSON

/// What other services ask, in the form that their RFCs give it.
extension Endpoints {
    /// `POST /api/introspect` (RFC 7662 §2): what a token is good for, for a service that `gatelodge service add` made known.
    @Sendable func introspect(_ request: Request) throws -> Response {
        guard let service = try request.basicCredentials() else { throw ErrorReply.invalidClient }
        let isKnown = try ask(request) { () throws(AuthError) in
            try authenticator.isService(name: service.name, secret: service.secret, from: request.client)
        }
        guard isKnown else { throw ErrorReply.invalidClient }
        let token = try request.tokenField()
        guard let found = authenticator.introspect(token) else { return .json(["active": false]) }
        return .json(.object(found.members))
    }

    /// `POST /api/revoke` (RFC 7009 §2): ends the session of a token. Whoever has one may end it.
    @Sendable nonisolated(nonsending) func revoke(_ request: Request) async throws -> Response {
        let token = try request.tokenField()
        try await ask(request) { () async throws(AuthError) in
            try await authenticator.revoke(token, from: request.client)
        }
        // §2.2: also where there was nothing to end.
        return Response(status: .ok)
    }

    /// `GET /.well-known/jwks.json` (RFC 7517 §5)
    @Sendable func keySet(_ request: Request) -> Response {
        let keys = authenticator.publicKeySet
        return request.cacheable(keys.bytes, entityTag: keys.entityTag, contentType: "application/jwk-set+json")
    }

    /// `GET /api/openapi.json`
    @Sendable func describe(_ request: Request) -> Response {
        let document = description.document
        return request.cacheable(
            document.bytes, entityTag: document.entityTag, contentType: "application/json; charset=utf-8")
    }
}

extension Request {
    /// The token that a form is about. What is wrong with the form is said as RFC 6749 §5.2 says it.
    fileprivate func tokenField() throws(ErrorReply) -> String {
        do throws(ErrorReply) {
            guard let token = try form()["token"], !token.isEmpty else { throw .missingField("token") }
            return token
        } catch {
            throw error.inTheFormOfOAuth("invalid_request")
        }
    }
}
