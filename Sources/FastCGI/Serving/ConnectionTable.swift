internal import Synchronization

/// The open connections by token.
///
/// A token is never used twice, so an event that was fetched before its connection ended finds nothing instead of the
/// next connection on the same descriptor.
final class ConnectionTable: Sendable {
    /// The first token; smaller ones name the server's own descriptors.
    static let firstToken: UInt64 = 16

    private struct State {
        var next = firstToken
        var connections: [UInt64: Connection] = [:]
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.connections.count } }

    var all: [Connection] { state.withLock { Array($0.connections.values) } }

    subscript(_ token: UInt64) -> Connection? {
        state.withLock { $0.connections[token] }
    }

    /// Adds what `make` builds for the token that it is given.
    func insert(_ make: (UInt64) -> Connection) -> Connection {
        state.withLock { state in
            let connection = make(state.next)
            state.connections[state.next] = connection
            state.next += 1
            return connection
        }
    }

    func remove(_ token: UInt64) {
        state.withLock { _ = $0.connections.removeValue(forKey: token) }
    }
}
