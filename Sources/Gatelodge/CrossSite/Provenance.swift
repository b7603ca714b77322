internal import FastCGI
internal import HTTPTypes

/// Whether a request was made by a page of this site, as far as its browser says so.
enum Provenance: Equatable {
    /// A page of this origin, or of one that the setting `cors.origins` names, or the user directly.
    case own
    /// Nothing says where it comes from: no browser of today, or a program.
    case unknown
    /// A page of another site.
    case foreign

    init(_ request: Request, allowed: Set<WebOrigin>) {
        let site = request.parameters["HTTP_SEC_FETCH_SITE"]
        // A page cannot set this field (Fetch Metadata §2.3); a browser that knows it always sends it.
        if site == "same-origin" || site == "none" {
            self = .own
            return
        }
        guard let text = request.parameters["HTTP_ORIGIN"] else {
            self = site == nil ? .unknown : .foreign
            return
        }
        guard let origin = WebOrigin(text) else {
            self = .foreign
            return
        }
        let isOwn =
            request.parameters["HTTP_HOST"].map {
                origin.isOwn(host: $0, scheme: request.parameters["REQUEST_SCHEME"])
            } ?? false
        self = isOwn || allowed.contains(origin) ? .own : .foreign
    }
}

extension Request {
    /// Whether the request may change something (RFC 9110 §9.2.1). One that opens a WebSocket asks with GET and then may.
    var isUnsafe: Bool {
        switch method {
        case .get, .head, .options: parameters["HTTP_UPGRADE"].map { !$0.isEmpty } ?? false
        default: true
        }
    }
}
