internal import CSystem
package import FastCGI
internal import Glibc
internal import JSON
internal import Logging

/// The process that stays: it holds the sockets and sees to it that a worker serves, that reloads lose nothing, and that
/// what dies is started again. It parses no request and opens no database.
///
/// One thread does everything, and never waits but for events: see docs/reload.md.
package final class Supervisor {
    typealias Instant = WorkerProcess.Instant

    /// How often it looks whether the socket is in its place and whether workers answer.
    static let tick = Duration.milliseconds(500)

    var plan: SupervisorPlan
    let logger: Logger
    let manager: ServiceManager
    var listening: ListeningSocket
    let control: ControlSocket
    var hasher: HasherProcess?
    let signals: SignalQueue

    /// Who serves.
    var current: WorkerProcess?
    /// Who is to serve next.
    var next: WorkerProcess?
    /// Those whose connections leave or have left.
    var leaving: [WorkerProcess] = []
    /// When a worker is started in place of one that ended.
    var restartAt: Instant?
    var backoff = Backoff()

    /// Whoever waits for the reload that is under way, and for the one after it.
    var reloadClients: [ControlClient] = []
    var nextReloadClients: [ControlClient] = []
    var isReloadWanted = false
    var statusClients: [ControlClient] = []
    var stopClients: [ControlClient] = []

    var counters = SupervisorCounters()
    /// Whether the next worker is there because a reload was asked for.
    var isReloading = false
    /// What a reload has read, until its worker serves.
    var newSettings: SupervisorPlan.Settings?
    /// The marks of the settings of the last worker that served.
    var lastMarks: [String: String] = [:]
    var lastReload: JSONObject?

    /// Whether a worker has ever served.
    var hasServed = false
    var isStopping = false
    /// The exit status, once there is nothing left to do.
    var outcome: Int32?
    /// The program file that runs, and the last one that was not taken for an upgrade.
    var image: ProgramImage?
    var refusedImage: ProgramImage?

    /// Why sockets could not be made anew the last time, by path; said once.
    private var socketFaults: [String: FastCGIError] = [:]
    /// When a worker that has the socket is wanted again where the current one does not.
    private var nextMove = SuspendingClock.now
    private let started = SuspendingClock.now
    private var nextTick = SuspendingClock.now

    /// Makes the sockets, or goes on with those of the program before this one.
    package init(
        _ plan: SupervisorPlan, signals: SignalQueue, manager: ServiceManager, inheritance: Inheritance?
    ) throws(FastCGIError) {
        self.plan = plan
        logger = plan.logger
        self.manager = inheritance.map { $0.manager } ?? manager
        image = ProgramImage(path: plan.program)
        self.signals = signals
        if let inheritance {
            listening = inheritance.listening.socket
            control = ControlSocket(inheritance.control.socket)
            counters = inheritance.counters
            current = inheritance.worker.map(WorkerProcess.init(inherited:))
            lastMarks = inheritance.worker?.settings ?? [:]
            hasServed = true
        } else {
            listening = try ListeningSocket(plan.listening)
            control = ControlSocket(try ListeningSocket(packetsAt: plan.controlPath))
        }
        if let hasherPlan = plan.settings.hasher {
            let socket =
                if let inherited = inheritance?.hasher { inherited.listening.socket } else {
                    try ListeningSocket(packetsAt: Self.hasherPath(plan.controlPath))
                }
            let hasher = HasherProcess(program: plan.program, plan: hasherPlan, listening: socket, logger: logger)
            if let inherited = inheritance?.hasher {
                hasher.adopt(processID: inherited.processID, lifeline: inherited.lifeline)
            }
            self.hasher = hasher
        }
    }

    /// Where the hasher of an instance listens.
    package static func hasherPath(_ controlPath: String) -> String { controlPath + ".hasher" }

    /// Runs until it is told to stop.
    ///
    /// - Returns: the exit status: that of a first worker which could not serve, else 0.
    package func run() -> Int32 {
        if let hasher { hasher.processID == nil ? hasher.start() : hasher.replace(by: hasher.plan) }
        if current == nil { startWorker() } else { logger.notice("the supervisor is \(plan.version) now") }
        while outcome == nil {
            wait()
            heedSignals()
            heedClients()
            for worker in workers { hear(worker) }
            reap()
            heedTime(.now)
        }
        for client in stopClients { client.answer(["result": "stopped"]) }
        return outcome ?? 0
    }

    var workers: [WorkerProcess] { [current, next].compactMap(\.self) + leaving }

    // MARK: Events

    private func wait() {
        let descriptors =
            [signals.descriptor] + control.descriptors
            + workers.filter { !$0.isSilent }.map(\.channel.descriptor)
        var wanted = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let times = workers.compactMap(\.deadline) + [restartAt, hasher?.restartAt, nextTick].compactMap(\.self)
        let left = (times.min() ?? nextTick) - .now
        // What is overdue and waits for something else is looked at again soon, and not at once.
        let milliseconds = max(10, (left / .milliseconds(1)).rounded(.up))
        _ = unsafe poll(&wanted, nfds_t(wanted.count), Int32(milliseconds))
    }

    private func heedSignals() {
        while let signal = signals.next() {
            switch signal {
            case SIGTERM, SIGINT: stop(by: nil)
            case SIGHUP: reload(for: nil)
            case SIGUSR1:
                plan.reopenLog()
                for worker in workers { worker.order(.reopenLog) }
            default: break  // SIGCHLD only wakes: whoever has ended is found in any case
            }
        }
    }

    private func heedTime(_ now: Instant) {
        for worker in workers { checkDeadline(of: worker, now) }
        if let time = restartAt, time <= now, !isStopping { startWorker() }
        if let time = hasher?.restartAt, time <= now { hasher?.start() }
        if isReloadWanted { beginWantedReload() }
        answerOverdueStatus(now)
        guard nextTick <= now else { return }
        nextTick = now + Self.tick
        for worker in workers { checkPulse(of: worker, now) }
        upgradeIfDue()
        control.dropSilent(now)
        if manager.watchdogInterval != nil { manager.tell("WATCHDOG=1") }
        if !isStopping { keepSockets(now) }
    }

    /// Makes sockets anew whose files somebody has removed. Whoever connects meanwhile waits for the new worker, or hasher.
    private func keepSockets(_ now: Instant) {
        if case .unix(_, let mode, let group) = plan.listening,
            let socket = remade(listening, { old throws(FastCGIError) in try old.remade(mode: mode, group: group) })
        {
            listening = socket
            for worker in workers { worker.hasNewestSocket = false }
            nextMove = now
        }
        if let socket = remade(control.socket, { old throws(FastCGIError) in try old.remadeForPackets() }) {
            control.socket = socket
        }
        if let hasher,
            let socket = remade(hasher.listening, { old throws(FastCGIError) in try old.remadeForPackets() })
        {
            hasher.move(to: socket)
        }
        // The new one may fail for a reason that goes away.
        if let current, !current.hasNewestSocket, next == nil, nextMove <= now {
            nextMove = now + .seconds(10)
            reload(for: nil)
        }
    }

    /// Nothing where the socket is in its place, or cannot be made.
    private func remade(
        _ socket: ListeningSocket, _ remake: (ListeningSocket) throws(FastCGIError) -> ListeningSocket
    ) -> ListeningSocket? {
        guard let path = socket.name?.path, !socket.isInPlace else { return nil }
        do throws(FastCGIError) {
            let remade = try remake(socket)
            logger.warning("the file of socket \(path) was gone; it is made anew")
            socketFaults[path] = nil
            return remade
        } catch {
            if error != socketFaults[path] { logger.error("socket \(path) is gone and cannot be made anew: \(error)") }
            socketFaults[path] = error
            return nil
        }
    }

    /// For how long this program has run.
    var uptime: Duration { .now - started }
}
