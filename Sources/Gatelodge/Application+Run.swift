internal import Authentication
internal import FastCGI
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
        do throws(AuthenticatorStartError) { try authenticator.startWatching() } catch {
            throw StartError(error.description)
        }
        defer { authenticator.stopWatching() }
        do { try server.run() } catch { throw StartError("\(error)") }
        authenticator.stopUpgrades()
        logger.notice("stopped")
    }

    private func respondToCGI() throws(StartError) {
        let responder = CGIResponder(configuration: serverConfiguration, handler: respond)
        do { try responder.run() } catch { throw StartError("\(error)") }
        // The reply is written, and the process would end with the upgrade half done. Standard output stays open
        // meanwhile: a web server may end a script whose output has ended.
        authenticator.finishUpgrades()
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

extension Listening {
    /// For the log.
    fileprivate var name: String {
        switch self {
        case .unix(let path, _, _): path
        case .inherited(let descriptor): "descriptor \(descriptor)"
        }
    }
}

extension Settings.Socket {
    var listening: Listening { .unix(path: path, mode: mode, group: group) }
}
