import FastCGI
import Foundation
import HTTPTypes
import TestSupport
import Threading

/// A server on a socket in a folder of its own, and what it has executed.
final class RunningServer: Sendable {
    let path: String

    /// What the server's threads leave for the test.
    private final class Outcome: Sendable {
        let executed = Locked<[String]>([])
        let failure = Locked<FastCGIError?>(nil)
    }

    private let outcome = Outcome()
    private let folder: URL
    private let stopEvent: StopEvent
    private let ended = DispatchSemaphore(value: 0)

    init(
        configuration: FastCGIServer.Configuration = .init(),
        handler: @escaping FastCGIServer.Handler = { request in
            Response(status: .ok, body: .text("\(request.method) \(request.path) \(request.body.count)"))
        }
    ) throws {
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "s").path
        stopEvent = try StopEvent()
        let ready = DispatchSemaphore(value: 0)
        var configuration = configuration
        configuration.whenReady = { ready.signal() }
        let (path, stopEvent) = (path, stopEvent)
        let server = FastCGIServer(listening: .unix(path: path), configuration: configuration) { [outcome] request in
            outcome.executed.withLock { $0.append(request.path) }
            return await handler(request)
        }
        Foundation.Thread.detachNewThread { [outcome, ended] in
            do throws(FastCGIError) { try server.run(until: stopEvent) } catch {
                outcome.failure.withLock { $0 = error }
            }
            ready.signal()
            ended.signal()
        }
        ready.wait()
        if let failure = outcome.failure.withLock({ $0 }) { throw failure }
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)  // a folder left in the system's temporary one hurts nobody
    }

    var executions: Int { outcome.executed.withLock { $0.count } }

    /// Begins the graceful stop.
    func beginStop() { stopEvent.set() }

    /// Stops, and waits for it.
    func stop() {
        stopEvent.set()
        ended.wait()
        ended.signal()
    }

    func connect() throws -> RawClient { try RawClient(path: path) }
}
