/// Steers a running server from the process's supervision: when it accepts, and whence and where its connections go.
package struct ServerSteering: Sendable {
    private let threads: ServingThreads

    init(_ threads: ServingThreads) { self.threads = threads }

    /// Begins to accept connections; or goes on, and takes back what had not left, after a hand-over that came to nothing.
    package func accept() { threads.beginAccepting() }

    /// Takes the connections that come over a link, until its other end is closed.
    ///
    /// - Parameter descriptor: one end of a SOCK_SEQPACKET pair, whose other end another server was given; it is closed here.
    package func adopt(from descriptor: Int32) throws(FastCGIError) {
        try threads.adopt(from: HandOverLink(descriptor: descriptor))
    }

    /// Accepts no more, and lets each connection leave over a link as soon as nobody is being served on it.
    ///
    /// - Parameters:
    ///   - descriptor: one end of a SOCK_SEQPACKET pair; it is closed here.
    ///   - whenDone: called once, from some thread, when no connection is left; never where the link breaks, after which
    ///     the connections stay and are served.
    package func handOver(to descriptor: Int32, whenDone: @escaping @Sendable () -> Void) throws(FastCGIError) {
        try threads.beginHandingOver(to: descriptor, whenDone: whenDone)
    }

    /// Calls a function on a serving thread: whoever is answered knows that they still serve.
    package func ask(_ answer: @escaping @Sendable () -> Void) { threads.ask(answer) }
}
