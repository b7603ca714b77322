internal import CSystem
internal import Glibc

/// One worker as its supervisor sees it.
final class WorkerProcess {
    typealias Instant = SuspendingClock.Instant

    /// What it is doing.
    enum Phase: Equatable {
        /// It reads its settings and opens its database.
        case starting(deadline: Instant)
        /// It could serve and is watched.
        case trial(until: Instant)
        case serving
        /// Its connections leave for the next one.
        case leaving(deadline: Instant)
        /// Nothing is left of its connections; it stays in case the next one dies.
        case left(until: Instant)
        /// It answers what it has accepted, and is killed if that takes too long.
        case stopping(deadline: Instant)
    }

    let processID: pid_t
    let generation: Int
    let channel: Channel
    /// The program file that it was started from.
    let image: ProgramImage?
    var phase: Phase
    /// Since when it has been ready.
    var readySince: Instant?
    /// The marks of its settings.
    var settings: [String: String] = [:]
    /// What it said before it ended.
    var failure: (reason: String, status: Int32)?
    /// Since when it owes an answer to whether it lives.
    var unansweredSince: Instant?
    /// Whether it ever answered.
    var hasAnswered = false
    /// Whether its end of the channel is closed.
    var isSilent = false
    /// Whether its socket is the one that clients find at the path.
    var hasNewestSocket = true

    init(processID: pid_t, generation: Int, channel: Channel, image: ProgramImage?, phase: Phase) {
        self.processID = processID
        self.generation = generation
        self.channel = channel
        self.image = image
        self.phase = phase
    }

    /// One that the program before this one in this process has started, and which serves.
    convenience init(inherited worker: Inheritance.Worker) {
        self.init(
            processID: worker.processID, generation: worker.generation, channel: Channel(descriptor: worker.channel),
            image: nil, phase: .serving)
        settings = worker.settings
        readySince = .now
        _ = gatelodge_close_on_exec(worker.channel)
    }

    deinit { close(channel.descriptor) }

    /// Starts one with a listening socket on its descriptor 0 and the channel on its 3.
    static func start(
        _ program: String, listening: Int32, environment: [String], generation: Int, deadline: Instant
    ) throws(ChildProcess.Failure) -> WorkerProcess {
        var ends: [Int32] = [-1, -1]
        guard unsafe gatelodge_packet_pair(&ends) == 0 else {
            throw ChildProcess.Failure(program: program, errno: errno)
        }
        defer { close(ends[1]) }
        // Where the file changes right now, another reload takes the newer one.
        let image = ProgramImage(path: program)
        do throws(ChildProcess.Failure) {
            let processID = try ChildProcess.start(
                program, ["worker", "--supervised"], environment: environment, input: listening, channel: ends[1])
            return WorkerProcess(
                processID: processID, generation: generation, channel: Channel(descriptor: ends[0]),
                image: image, phase: .starting(deadline: deadline))
        } catch {
            close(ends[0])
            throw error
        }
    }

    /// When something must have happened.
    var deadline: Instant? {
        switch phase {
        case .starting(let deadline), .trial(let deadline), .leaving(let deadline), .left(let deadline),
            .stopping(let deadline):
            deadline
        case .serving: nil
        }
    }

    /// Whether it still has connections that leave.
    var isLeaving: Bool {
        switch phase {
        case .leaving, .stopping: true
        case .starting, .trial, .serving, .left: false
        }
    }

    /// Whether it can go on where it stopped accepting.
    var canResume: Bool {
        switch phase {
        case .leaving, .left: true
        case .starting, .trial, .serving, .stopping: false
        }
    }

    /// Asks whether it lives.
    func ask() {
        unansweredSince = unansweredSince ?? .now
        order(.ping)
    }

    /// Ends it for a reason.
    func giveUp(_ reason: String) {
        failure = failure ?? (reason, 1)
        kill()
    }

    func order(_ order: WorkerOrder) { _ = order.send(over: channel) }

    func kill() { _ = Glibc.kill(processID, SIGKILL) }
}
