internal import CSystem
internal import Glibc

/// A FastCGI responder (FastCGI 1.0 §6.2) on libfcgi.
///
/// A few threads wait for all connections at once. libfcgi is lent a connection only while a whole request is there, so
/// that idle and slow peers cost neither a thread nor processor time.
///
/// ```swift
/// let server = FastCGIServer(listening: .unix(path: "var/hello.sock")) { request in
///     Response(status: .ok, body: .text("hello \(request.path)"))
/// }
/// try server.run()
/// ```
public struct FastCGIServer: Sendable {
    /// Answers one request. It is started on a serving thread and goes on there after each wait; it must not block.
    /// Its task is cancelled when the web server gives the request up.
    public typealias Handler = @Sendable (Request) async -> Response

    private let listening: Listening
    private let configuration: Configuration
    private let handler: Handler

    /// A server that does nothing yet.
    public init(
        listening: Listening, configuration: Configuration = Configuration(), handler: @escaping Handler
    ) {
        self.listening = listening
        self.configuration = configuration
        self.handler = handler
    }

    /// Serves until SIGTERM or SIGINT, then answers what has been accepted and returns.
    ///
    /// Blocks the calling thread. SIGPIPE is ignored in the whole process from here on.
    ///
    /// - Throws: ``FastCGIError`` where serving cannot begin; nothing is left behind then.
    public func run() throws(FastCGIError) {
        let stop = try StopEvent()
        try run(until: stop) { () throws(FastCGIError) in
            // After FCGX_Init, which installs handlers of its own for these.
            for signal in [SIGTERM, SIGINT] { try stop.receive(signal) }
        }
    }

    /// Serves until `stop` is set, and leaves SIGTERM and SIGINT alone.
    public func run(until stop: StopEvent) throws(FastCGIError) {
        try run(until: stop) { () throws(FastCGIError) in }
    }

    /// Serves until `stop` is set, and accepts nobody until it is told to.
    ///
    /// - Parameter whenReady: called once everything stands, with the means to begin.
    package func run(
        until stop: StopEvent, steeredBy whenReady: (ServerSteering) throws(FastCGIError) -> Void
    ) throws(FastCGIError) {
        let threads = try prepare(stop)
        try whenReady(ServerSteering(threads))
        try threads.run()
    }

    private func run(
        until stop: StopEvent, receiveSignals: () throws(FastCGIError) -> Void
    ) throws(FastCGIError) {
        let threads = try prepare(stop)
        try receiveSignals()
        threads.beginAccepting()
        configuration.whenReady()
        try threads.run()
    }

    private func prepare(_ stop: StopEvent) throws(FastCGIError) -> ServingThreads {
        try LendingProof.run()
        let socket = try ListeningSocket(listening)
        let context = try ServingContext(configuration, handler: handler)
        let threads = try ServingThreads(context, listening: socket, stop: stop.descriptor)
        guard gatelodge_signal_ignore(SIGPIPE) == 0 else {
            throw .system(call: "sigaction", path: nil, errno: errno)
        }
        return threads
    }
}

/// Asks a server to stop: it answers what it has accepted, then its `run` returns.
public final class StopEvent: Sendable {
    /// Becomes readable when the event is set.
    package let descriptor: Int32

    /// An event that is not set.
    public init() throws(FastCGIError) {
        descriptor = try OwnedDescriptor(gatelodge_event(), call: "eventfd").release()
    }

    /// An event that a signal sets. It must live as long as the process; no other event receives signals then.
    package convenience init(receiving signal: Int32) throws(FastCGIError) {
        try self.init()
        try receive(signal)
    }

    func receive(_ signal: Int32) throws(FastCGIError) {
        guard gatelodge_signal_sets(signal, descriptor) == 0 else {
            throw .system(call: "sigaction", path: nil, errno: errno)
        }
    }

    deinit { _ = close(descriptor) }

    /// Begins the stop; more calls change nothing.
    public func set() {
        gatelodge_event_set(descriptor)
    }
}
