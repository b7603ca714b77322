import FastCGI
import Foundation
import Synchronization
import Testing
import TestSupport
import Threading

/// A server whose connections can come from another one and go to another one, on a listening socket that several share.
/// Each answers with its own name.
final class SteeredServer: Sendable {
    let name: String
    private let steering: ServerSteering
    private let stopEvent: StopEvent
    private let ended = DispatchSemaphore(value: 0)
    /// How often the end of a hand-over was reported.
    let handOvers = Atomic(0)

    init(
        _ name: String, listening descriptor: Int32, requestDeadline: Duration = .seconds(30),
        handler: @escaping FastCGIServer.Handler = { _ in Response(status: .ok) }
    ) throws {
        self.name = name
        var configuration = FastCGIServer.Configuration()
        configuration.requestDeadline = requestDeadline
        let server = FastCGIServer(
            listening: .inherited(descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 0)), configuration: configuration
        ) { request in
            var response = await handler(request)
            response.body = .text("\(name) \(request.path)")
            return response
        }
        let stop = try StopEvent()
        let ready = DispatchSemaphore(value: 0)
        let steering = Locked<ServerSteering?>(nil)
        Foundation.Thread.detachNewThread { [ended] in
            do throws(FastCGIError) {
                try server.run(until: stop) { given in
                    steering.withLock { $0 = given }
                    ready.signal()
                }
            } catch {
                ready.signal()
            }
            ended.signal()
        }
        ready.wait()
        stopEvent = stop
        self.steering = try #require(steering.withLock { $0 })
    }

    deinit {
        stopEvent.set()
        ended.wait()
    }

    func accept() { steering.accept() }

    /// Begins the graceful stop, whose end ``deinit`` waits for.
    func stop() { stopEvent.set() }

    /// Gives both ends of a link away.
    func handOver(to next: SteeredServer) throws {
        let ends = try Self.link()
        try next.steering.adopt(from: ends.0)
        try handOver(over: ends.1)
    }

    /// Gives one end of a link away, whose other end is the test's.
    func handOver(over descriptor: Int32) throws {
        try steering.handOver(to: descriptor) { [self] in handOvers.wrappingAdd(1, ordering: .sequentiallyConsistent) }
    }

    static func link() throws -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0 else {
            throw RawClient.Failure(call: "socketpair", errno: errno)
        }
        return (ends[0], ends[1])
    }

    /// Waits until the end of a hand-over was reported; false after twenty seconds.
    func waitForHandOver() -> Bool {
        for _ in 0..<2000 {
            if handOvers.load(ordering: .sequentiallyConsistent) > 0 { return true }
            usleep(10_000)
        }
        return false
    }
}
