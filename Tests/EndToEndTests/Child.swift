import Foundation
import Synchronization

/// A process that a test started, with what it wrote.
final class Child: Sendable {
    private let process: Process
    private let output = Collector()
    private let errorOutput = Collector()

    /// Starts a program with this environment and nothing else in it, and gives it `input` to read.
    init(
        _ program: URL, _ arguments: [String], environment: [String: String] = ["PATH": "/usr/bin:/bin"],
        folder: URL? = nil, input: [UInt8] = []
    ) throws {
        process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment
        if let folder { process.currentDirectoryURL = folder }
        let standardInput = Pipe()
        process.standardInput = standardInput
        process.standardOutput = output.pipe
        process.standardError = errorOutput.pipe
        try process.run()
        output.start()
        errorOutput.start()
        // A program that does not read its input closes the pipe, which is its right.
        try? standardInput.fileHandleForWriting.write(contentsOf: Data(input))
        try? standardInput.fileHandleForWriting.close()
    }

    var processID: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// What it wrote so far.
    var text: String { output.text }
    var errors: String { errorOutput.text }

    /// Waits for its end.
    func status() -> Int32 {
        process.waitUntilExit()
        output.waitForEnd()
        errorOutput.waitForEnd()
        return process.terminationStatus
    }

    /// Whether something becomes true while it runs, within twenty seconds.
    func wait(until condition: () -> Bool) -> Bool {
        for _ in 0..<2000 {
            if condition() { return true }
            guard isRunning else { return condition() }
            usleep(10_000)
        }
        return false
    }

    func signal(_ number: Int32) { kill(processID, number) }

    func end() {
        if isRunning { process.terminate() }
        process.waitUntilExit()
    }

    /// Reads a pipe to its end, on a thread of its own. With hundreds of children `readabilityHandler` makes libdispatch
    /// crash now and then, as descriptors are closed and used again while it still watches them.
    private final class Collector: Sendable {
        let pipe = Pipe()
        private let bytes = Mutex<[UInt8]>([])
        private let ended = DispatchSemaphore(value: 0)

        func start() {
            Thread.detachNewThread { [self] in
                var buffer = [UInt8](repeating: 0, count: 64 * 1024)
                while true {
                    let count = unsafe read(pipe.fileHandleForReading.fileDescriptor, &buffer, buffer.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { break }
                    bytes.withLock { $0 += buffer[..<count] }
                }
                ended.signal()
            }
        }

        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

        func waitForEnd() {
            if ended.wait(timeout: .now() + 5) == .success { ended.signal() }
        }
    }
}
