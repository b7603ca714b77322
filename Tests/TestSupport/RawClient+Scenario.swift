extension RawClient {
    /// Sends a request as nginx does. The connection stays open for the next one.
    ///
    /// - Parameter parameters: what nginx sets beside those of the request, or in their place, such as `AUTH_SURFACE`.
    public func send(_ request: ScenarioRequest, parameters: [(String, String)] = []) throws {
        let others = request.parameters.filter { other in !parameters.contains { $0.0 == other.0 } }
        try send(
            Records.begin() + Records.stream(4, Records.pairs(others + parameters))
                + Records.stream(5, request.body))
    }

    /// The reply to a request that was sent.
    public func receiveScenarioReply() throws -> ScenarioReply {
        guard let output = try receiveReply()?.output, let reply = ScenarioReply(parsing: output) else {
            throw Failure(call: "receiveReply", errno: 0)
        }
        return reply
    }
}
