internal import HTTPTypes

/// Why a request is answered without asking the handler.
public enum Refusal: Error, Sendable, Equatable, CaseIterable {
    /// The body is longer than allowed: 413.
    case bodyTooLarge
    /// The parameters are longer or more than allowed: 431.
    case parametersTooLarge
    /// A parameter that cannot be passed on unchanged, no method, or a body of another length than it says: 400.
    case malformed

    /// The reply, for who does not give another.
    public var response: Response {
        switch self {
        case .bodyTooLarge: Response(status: .contentTooLarge, body: .text("content too large\n"))
        case .parametersTooLarge:
            Response(status: .requestHeaderFieldsTooLarge, body: .text("request header fields too large\n"))
        case .malformed: Response(status: .badRequest, body: .text("bad request\n"))
        }
    }
}
