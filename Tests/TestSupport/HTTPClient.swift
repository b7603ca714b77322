internal import Glibc

/// One HTTP/1.1 request on a connection of its own, to a server on this machine. It sends what it is given, also where
/// that is no good HTTP.
public enum HTTPClient {
    /// Sends a request and reads the reply to the end of the connection.
    public static func send(_ request: ScenarioRequest, port: UInt16) throws -> ScenarioReply {
        let bytes = try send(bytes(of: request), port: port)
        guard let reply = ScenarioReply(parsing: String(decoding: bytes, as: UTF8.self)) else {
            throw RawClient.Failure(call: "parse", errno: 0)
        }
        return reply
    }

    /// A request as it is sent: the only one of its connection.
    public static func bytes(of request: ScenarioRequest) -> [UInt8] {
        var head = "\(request.method) \(request.path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for field in request.fields { head += "\(field.name): \(field.value)\r\n" }
        if !request.body.isEmpty || request.method == "POST" { head += "Content-Length: \(request.body.count)\r\n" }
        return [UInt8]((head + "\r\n").utf8) + request.body
    }

    /// Sends bytes and reads to the end of the connection.
    public static func send(_ bytes: [UInt8], port: UInt16) throws -> [UInt8] {
        let client = try RawClient(port: port)
        try client.send(bytes)
        return try client.receiveToEnd()
    }
}
