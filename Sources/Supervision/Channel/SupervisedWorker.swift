internal import CSystem
package import FastCGI
internal import Glibc
package import JSON
internal import Threading

/// A worker's end of the channel to its supervisor.
package final class SupervisedWorker: Sendable {
    /// The descriptor on which a supervisor hands the channel over.
    package static let descriptor: Int32 = 3

    /// What the supervisor can ask for beside what concerns connections.
    package struct Actions: Sendable {
        /// How things stand.
        package var status: @Sendable () -> JSONValue
        /// Takes the supervisor's facts for the status.
        package var learn: @Sendable (JSONObject) -> Void
        /// Opens the log's file anew.
        package var reopenLog: @Sendable () -> Void

        package init(
            status: @escaping @Sendable () -> JSONValue, learn: @escaping @Sendable (JSONObject) -> Void,
            reopenLog: @escaping @Sendable () -> Void
        ) {
            self.status = status
            self.learn = learn
            self.reopenLog = reopenLog
        }
    }

    private let channel = Channel(descriptor: SupervisedWorker.descriptor)

    /// Nothing where no supervisor has handed a channel over.
    package init?() {
        guard Channel.isPossible(on: Self.descriptor), fcntl(Self.descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            return nil
        }
        // What a terminal sends to all processes is for the supervisor, which tells us what follows from it.
        for signal in [SIGHUP, SIGINT, SIGUSR1] { _ = gatelodge_signal_ignore(signal) }
        raiseDescriptorLimit()
    }

    /// Tells the supervisor why there will be no serving.
    package func fail(_ reason: String, status: Int32) {
        WorkerReport.failed(reason: reason, status: status).send(over: channel)
    }

    /// Says that everything stands and follows orders on a thread of its own. When the supervisor goes, the worker stops.
    package func begin(
        settings: [String: String], steering: ServerSteering, stop: StopEvent, actions: Actions
    ) throws(FastCGIError) {
        WorkerReport.ready(settings: settings).send(over: channel)
        let thread = try Thread(serving: "supervised") { [self] in
            var wanted = pollfd(fd: channel.descriptor, events: Int16(POLLIN), revents: 0)
            while true {
                switch channel.receive() {
                case .packet(let message, let descriptor):
                    if let order = WorkerOrder(message, descriptor: descriptor) {
                        follow(order, steering, stop, actions)
                    } else if let descriptor {
                        close(descriptor)
                    }
                case .nothing: _ = unsafe poll(&wanted, 1, -1)
                case .closed: return stop.set()
                }
            }
        }
        thread.detach()
    }

    private func follow(_ order: WorkerOrder, _ steering: ServerSteering, _ stop: StopEvent, _ actions: Actions) {
        do throws(FastCGIError) {
            switch order {
            case .serve(let facts):
                actions.learn(facts)
                steering.accept()
            case .ping: steering.ask { [channel] in WorkerReport.alive.send(over: channel) }
            case .status: WorkerReport.status(actions.status()).send(over: channel)
            case .handOver(let link):
                try steering.handOver(to: link) { [channel] in WorkerReport.handedOver.send(over: channel) }
            case .adopt(let link): try steering.adopt(from: link)
            case .reopenLog: actions.reopenLog()
            case .stop: stop.set()
            }
        } catch {
            // Out of threads or descriptors: the supervisor sees that nothing follows, and goes on without us.
        }
    }

    /// The usual limit of 1,024 is there for select(2), which nobody here uses.
    private func raiseDescriptorLimit() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(resource, &limit)
    }
}
