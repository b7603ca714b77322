internal import Authentication
package import FastCGI
internal import Glibc
internal import Logging

extension Application {
    /// Serves as the process was started to: one CGI request, the socket on descriptor 0, or else the socket of the
    /// settings until SIGTERM.
    public func run() throws(StartError) {
        switch Invocation.current {
        case .cgi: try respondToCGI()
        case .fastCGI: try serve(.inherited())
        case .command: try serve(settings.socket.listening)
        }
    }

    /// Serves connections of one socket until SIGTERM or SIGINT.
    package func serve(_ listening: Listening) throws(StartError) {
        let rotation = LogRotation()
        defer { withExtendedLifetime(rotation) {} }
        var configuration = serverConfiguration
        configuration.whenReady = { [logger] in logger.notice("ready", metadata: ["socket": "\(listening.name)"]) }
        let server = FastCGIServer(listening: listening, configuration: configuration, handler: respond)
        try watching { () throws(FastCGIError) in try server.run() }
    }

    /// Serves connections of one socket as the process's supervision says.
    ///
    /// - Parameter whenReady: called once everything stands, with the means to begin and to stop.
    package func serve(
        _ listening: Listening, whenReady: (ServerSteering, StopEvent) throws(FastCGIError) -> Void
    ) throws(StartError) {
        let server = FastCGIServer(listening: listening, configuration: serverConfiguration, handler: respond)
        try watching { () throws(FastCGIError) in
            let stop = try StopEvent(receiving: SIGTERM)
            try server.run(until: stop) { steering throws(FastCGIError) in try whenReady(steering, stop) }
        }
    }

    /// Serves while other processes' changes are noticed.
    private func watching(_ serve: () throws(FastCGIError) -> Void) throws(StartError) {
        do throws(AuthenticatorStartError) { try authenticator.startWatching() } catch {
            throw StartError(error.description)
        }
        // Refusals are written behind their replies.
        defer { authenticator.close() }
        do throws(FastCGIError) { try serve() } catch { throw StartError("\(error)") }
        logger.notice("stopped")
    }

    private func respondToCGI() throws(StartError) {
        let responder = CGIResponder(configuration: serverConfiguration, handler: respond)
        do { try responder.run() } catch { throw StartError("\(error)") }
        // The reply is written, and the process would end with the upgrade half done and the audit's row not begun. Standard
        // output stays open meanwhile: a web server may end a script whose output has ended.
        authenticator.finishUpgrades()
        authenticator.close()
    }

    private var serverConfiguration: FastCGIServer.Configuration {
        var configuration = FastCGIServer.Configuration()
        configuration.threads = settings.serving.count
        configuration.requestDeadline = settings.request.deadline
        configuration.writeDeadline = settings.write.deadline
        configuration.stopDeadline = settings.shutdown.deadline
        configuration.logger = logger
        configuration.counters = metrics.connections
        configuration.refusalResponse = { refusal in
            var response = ErrorReply(refusal).response(requestID: "")
            response.addCommonFields()
            return response
        }
        return configuration
    }
}

extension Settings.Socket {
    package var listening: Listening { .unix(path: path, mode: mode, group: group) }
}
