internal import FastCGI
public import HTTPTypes
internal import JSON

/// An error as a client sees it: a status, a stable code and a fixed sentence. A handler may throw one.
///
/// What an operator needs beside it goes to the log, never into the reply.
public struct ErrorReply: Error, Sendable {
    /// The status.
    public let status: HTTPResponse.Status
    /// The code in `snake_case` that programs switch on.
    public let code: String
    /// The sentence that people read.
    public let sentence: String
    /// Header fields beside the usual ones, such as `Retry-After`.
    public var headerFields: HTTPFields
    /// Codes of the single reasons, where there are several.
    public var reasons: [String]
    /// The code of RFC 6749 §5.2, at the endpoints that follow it.
    var oauthCode: String?

    /// An error that a handler answers with.
    public init(
        _ status: HTTPResponse.Status, code: String, _ sentence: String, headerFields: HTTPFields = [:],
        reasons: [String] = []
    ) {
        self.status = status
        self.code = code
        self.sentence = sentence
        self.headerFields = headerFields
        self.reasons = reasons
    }

    /// The same in the form of RFC 6749 §5.2: the code as `error`, the sentence as `error_description`.
    func inTheFormOfOAuth(_ code: String) -> ErrorReply {
        var reply = self
        reply.oauthCode = code
        return reply
    }

    /// `{"error","code","request_id"}`, with `reasons` where there are any.
    func response(requestID: String) -> Response {
        if let oauthCode {
            let members: JSONObject = [
                "error": .string(oauthCode), "error_description": .string(sentence), "request_id": .string(requestID),
            ]
            return .json(.object(members), status: status, headerFields: headerFields)
        }
        var members: JSONObject = [
            "error": .string(sentence), "code": .string(code), "request_id": .string(requestID),
        ]
        if !reasons.isEmpty { members["reasons"] = .array(reasons.map { .string($0) }) }
        return .json(.object(members), status: status, headerFields: headerFields)
    }
}
