internal import Authentication
internal import FastCGI

extension Request {
    /// Where the request came from, as nginx says.
    var client: Client {
        Client(
            address: parameters["REMOTE_ADDR"] ?? "", userAgent: parameters["HTTP_USER_AGENT"] ?? "", requestID: id)
    }
}
