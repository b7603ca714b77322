internal import CSystem
internal import FastCGI
internal import Glibc
internal import Logging

/// The process that hashes for an instance's workers, which connect to its socket: started again when it ends, gone when
/// the supervisor is.
final class HasherProcess {
    private(set) var listening: ListeningSocket
    private(set) var plan: HasherPlan
    private(set) var processID: pid_t?
    /// When another one is started.
    private(set) var restartAt: SuspendingClock.Instant?

    private let logger: Logger
    private var program: String
    /// Its other end is the process's; it says that we live.
    private var lifeline: Int32 = -1
    private var started = SuspendingClock.now
    private var backoff = Backoff()

    init(program: String, plan: HasherPlan, listening: ListeningSocket, logger: Logger) {
        self.program = program
        self.plan = plan
        self.listening = listening
        self.logger = logger
    }

    deinit { close(lifeline) }

    /// Goes on with a process that the program before this one has started.
    func adopt(processID: pid_t, lifeline: Int32) {
        self.processID = processID
        self.lifeline = lifeline
    }

    var inheritance: (processID: pid_t, lifeline: Int32)? { processID.map { ($0, lifeline) } }

    func start() {
        restartAt = nil
        var ends: [Int32] = [-1, -1]
        guard unsafe gatelodge_packet_pair(&ends) == 0 else { return restart(after: .zero, "errno \(errno)") }
        close(lifeline)
        lifeline = ends[0]
        started = .now
        do throws(ChildProcess.Failure) {
            processID = try ChildProcess.start(
                program, plan.arguments, environment: ProcessEnvironment.libraries, input: listening.descriptor,
                channel: ends[1])
            close(ends[1])
        } catch {
            close(ends[1])
            restart(after: .zero, error.description)
        }
    }

    /// Starts another one that goes by this plan; the one of before serves its connections to their end.
    func replace(by plan: HasherPlan) {
        self.plan = plan
        // This tells the one of before that nobody new is its.
        start()
    }

    /// Starts another one on another socket.
    func move(to socket: ListeningSocket) {
        listening = socket
        replace(by: plan)
    }

    /// A process has ended; it may be one of before.
    func hasEnded(_ ended: pid_t, _ end: ChildProcess.End) {
        guard ended == processID else { return }
        processID = nil
        restart(after: .now - started, "the hasher has ended; another one is started: \(end)")
    }

    private func restart(after lived: Duration, _ reason: String) {
        logger.warning("\(reason)")
        let delay = backoff.next(after: lived)
        if delay == .zero { start() } else { restartAt = .now + delay }
    }
}
