internal import FastCGI
internal import HTTPTypes

/// What browsers are told about requests from pages of other origins (CORS, Fetch Standard §3.2).
///
/// Cookies are not allowed along: a page of another origin shows a token.
struct CrossOrigin: Sendable {
    let allowed: Set<WebOrigin>

    /// Tells the browser that the page may read the reply.
    func addFields(to response: inout Response, for request: Request) {
        guard !allowed.isEmpty else { return }
        response.headerFields.append(HTTPField(name: .vary, value: "Origin"))
        guard let origin = allowedOrigin(of: request) else { return }
        response.headerFields[.accessControlAllowOrigin] = origin
        response.headerFields[.accessControlExposeHeaders] = "Retry-After, WWW-Authenticate"
    }

    /// The answer to OPTIONS, which is what a browser asks before a request that a form could not make.
    func options(allowed methods: String, for request: Request) -> Response {
        var response = Response(status: .noContent, headerFields: [.allow: methods])
        if allowedOrigin(of: request) != nil, request.parameters["HTTP_ACCESS_CONTROL_REQUEST_METHOD"] != nil {
            response.headerFields[.accessControlAllowMethods] = methods
            response.headerFields[.accessControlAllowHeaders] = "Authorization, Content-Type"
            response.headerFields[.accessControlMaxAge] = "600"
        }
        return response
    }

    private func allowedOrigin(of request: Request) -> String? {
        guard !allowed.isEmpty, let origin = request.parameters["HTTP_ORIGIN"].flatMap({ WebOrigin($0) }) else {
            return nil
        }
        return allowed.contains(origin) ? origin.description : nil
    }
}
