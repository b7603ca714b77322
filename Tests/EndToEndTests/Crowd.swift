import TestSupport

/// Connections that stay open, dealt out to servers in turn, on which requests are under way at the same time.
struct Crowd {
    private let clients: [RawClient]

    init(_ count: Int, at servers: [Server]) throws {
        clients = try (0..<count).map { try servers[$0 % servers.count].connect() }
    }

    /// Sends all requests, each on the connection of its place, before it waits for the first reply.
    ///
    /// - Parameter address: where they come from, where that matters.
    func ask(_ requests: [ScenarioRequest], from address: String? = nil) throws -> [ScenarioReply] {
        let parameters = address.map { [("REMOTE_ADDR", $0)] } ?? []
        for (client, request) in zip(clients, requests) { try client.send(request, parameters: parameters) }
        return try zip(clients, requests).map { client, _ in try client.receiveScenarioReply() }
    }
}
