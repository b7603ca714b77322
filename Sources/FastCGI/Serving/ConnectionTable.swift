internal import Counting
internal import Synchronization
internal import Threading

/// The open connections by token.
///
/// A token is never used twice, so an event that was fetched before its connection ended finds nothing instead of the
/// next connection on the same descriptor. Every event looks its connection up; neighbours in time have locks of their
/// own, or the threads would wait for each other.
final class ConnectionTable: Sendable {
    /// The first token; smaller ones name the server's own descriptors.
    static let firstToken: UInt64 = 16

    private static let shardCount: UInt64 = 16

    private let counters: ServingCounters
    private let next = Atomic<UInt64>(firstToken)
    private let openCount = Atomic<Int>(0)
    private let shards: [16 of Locked<[UInt64: Connection]>] = .init { _ in Locked([:]) }

    init(counters: ServingCounters) { self.counters = counters }

    var count: Int { openCount.load(ordering: .acquiring) }

    var all: [Connection] {
        shards.indices.flatMap { shard in shards[shard].withLock { Array($0.values) } }
    }

    subscript(_ token: UInt64) -> Connection? {
        shards[shard(of: token)].withLock { $0[token] }
    }

    /// Adds what `make` builds for the token that it is given.
    func insert(_ make: (UInt64) -> Connection) -> Connection {
        let token = next.wrappingAdd(1, ordering: .relaxed).oldValue
        let connection = make(token)
        openCount.wrappingAdd(1, ordering: .acquiringAndReleasing)
        counters.opened.add()
        shards[shard(of: token)].withLock { $0[token] = connection }
        return connection
    }

    func remove(_ token: UInt64) {
        let removed = shards[shard(of: token)].withLock { $0.removeValue(forKey: token) }
        guard removed != nil else { return }
        openCount.wrappingSubtract(1, ordering: .acquiringAndReleasing)
        counters.closed.add()
    }

    private func shard(of token: UInt64) -> Int { Int(token % Self.shardCount) }
}
