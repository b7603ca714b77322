internal import Authentication
internal import FastCGI
internal import HTTPTypes
internal import Logging

extension Application {
    /// Whether a request may pass, for nginx's `auth_request`: 200 with who it is, else 401, 403 or 503. Never a body.
    ///
    /// nginx hands 401 and 403 on and makes 500 of everything else.
    func verify(_ request: Request, _ parameters: DoorParameters) -> Response {
        switch judge(request, parameters) {
        case .success(let identity): Response(status: .ok, headerFields: identity.verifyFields)
        case .failure(let refusal): refusal.withoutBody(for: request)
        }
    }

    /// Whether a request may pass, for a web server that asks an authorizer (FastCGI 1.0 §6.3). Its refusals are the
    /// client's to read.
    func authorize(_ request: Request, _ parameters: DoorParameters) -> Response {
        switch judge(request, parameters) {
        case .success(let identity): Response(status: .ok, headerFields: identity.authorizerFields)
        case .failure(let refusal): reply(refusal, to: request)
        }
    }

    /// The same question for both.
    private func judge(
        _ request: Request, _ parameters: DoorParameters
    ) -> Result<Authentication.Identity, ErrorReply> {
        do throws(Requirement.Fault) {
            let requirement = try Requirement(parameters)
            do throws(ErrorReply) {
                let identity = try gatekeeper.identity(of: request)
                try requirement.check(identity, now: unixSeconds())
                return .success(identity)
            } catch {
                return .failure(error.asVerdict)
            }
        } catch {
            // Nobody is let in by a mistake of the operator's.
            logger.error(
                "the web server's configuration is wrong",
                metadata: ["request_id": "\(request.id)", "cause": "\(error)"])
            return .failure(.unavailable(retryAfter: .seconds(1)))
        }
    }
}

extension ErrorReply {
    /// As one of the answers of the door: a client's mistake is a bad credential, a fault of ours an answer to be had later.
    fileprivate var asVerdict: ErrorReply {
        switch status {
        case .unauthorized, .forbidden, .serviceUnavailable: self
        case let status where status.kind == .clientError && status != .tooManyRequests:
            ErrorReply(
                .unauthorized, code: code, sentence,
                headerFields: [.wwwAuthenticate: Self.challenge + #", error="invalid_request""#])
        default: .unavailable(retryAfter: .seconds(1))
        }
    }

    /// The header fields alone, with the code in `X-Auth-Error` and, for a sign-in page, the way back.
    fileprivate func withoutBody(for request: Request) -> Response {
        var fields = headerFields
        fields.append(HTTPField(name: .xAuthError, value: code))
        if status == .unauthorized {
            fields.append(HTTPField(name: .xAuthReturn, value: ReturnPath(of: request).encoded))
        }
        return Response(status: status, headerFields: fields)
    }
}
