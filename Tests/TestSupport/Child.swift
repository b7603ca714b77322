public import Foundation
internal import Threading

/// A process that a test started, with what it wrote. Foundation's `Process` reads past the end of a buffer, and crashes,
/// where more than a thousand descriptors are open, as they are while all tests run.
public final class Child: Sendable {
    /// Its number, which is another process's at some time after its end.
    public let processID: Int32

    private let output: Collector
    private let errorOutput: Collector
    /// As ``status()`` gives it, once it has ended.
    private let outcome = Locked<Int32?>(nil)
    private let ended = DispatchSemaphore(value: 0)

    /// Starts a program with this environment and nothing else in it, and gives it `input` to read.
    public convenience init(
        _ program: URL, _ arguments: [String], environment: [String: String] = ["PATH": "/usr/bin:/bin"],
        folder: URL? = nil, input: [UInt8] = []
    ) throws {
        let pipe = try Pipe()
        defer { close(pipe.writing) }
        try self.init(program, arguments, environment: environment, folder: folder, standardInput: pipe.reading)
        pipe.write(input)
    }

    /// Starts a program with a descriptor as its standard input, which is closed here.
    public init(
        _ program: URL, _ arguments: [String], environment: [String: String], folder: URL? = nil, standardInput: Int32
    ) throws {
        defer { close(standardInput) }
        let output = try Pipe()
        defer { close(output.writing) }
        self.output = Collector(output.reading)
        let errorOutput = try Pipe()
        defer { close(errorOutput.writing) }
        self.errorOutput = Collector(errorOutput.reading)
        processID = try spawn(
            [program.path] + arguments, environment: environment.map { "\($0.key)=\($0.value)" }, folder: folder?.path,
            descriptors: [standardInput, output.writing, errorOutput.writing])
        Thread.detachNewThread { [self] in reap() }
    }

    /// Whether it has not ended.
    public var isRunning: Bool { outcome.withLock { $0 == nil } }

    /// What it wrote to its standard output so far.
    public var text: String { output.text }

    /// What it wrote to its error output so far.
    public var errors: String { errorOutput.text }

    /// Waits for its end and for that of what it writes.
    ///
    /// - Returns: its exit status; where a signal ended it, the negative number of that.
    public func status() -> Int32 {
        let status = waitForOutcome()
        output.waitForEnd()
        errorOutput.waitForEnd()
        return status
    }

    /// Whether something becomes true while it runs, within twenty seconds.
    public func wait(until condition: () -> Bool) -> Bool {
        for _ in 0..<6000 {
            if condition() { return true }
            guard isRunning else { return condition() }
            usleep(10_000)
        }
        return false
    }

    /// Sends a signal, where it has not ended.
    public func signal(_ number: Int32) {
        outcome.withLock { outcome in
            if outcome == nil { kill(processID, number) }
        }
    }

    /// Asks it to end, also where it is stopped, and waits until it did.
    public func end() {
        signal(SIGTERM)
        signal(SIGCONT)
        _ = waitForOutcome()
    }

    private func waitForOutcome() -> Int32 {
        ended.wait()
        ended.signal()
        return outcome.withLock { $0 } ?? 0
    }

    /// Waits for the end and takes the process out of the system's table at once: where one is left in there, the library's
    /// own tests of processes that exit look at nothing else.
    private func reap() {
        // Leaves its number taken, so that nobody signals another process meanwhile.
        var information = unsafe siginfo_t()
        while unsafe waitid(P_PID, id_t(processID), &information, WEXITED | Int32(WNOWAIT)) != 0, errno == EINTR {}
        outcome.withLock { outcome in
            var status: Int32 = 0
            unsafe waitpid(processID, &status, 0)
            // wait(2): the signal in the lowest seven bits, the exit status above them and a flag.
            let signal = status & 0x7F
            outcome = signal == 0 ? status >> 8 & 0xFF : -signal
        }
        ended.signal()
    }
}
