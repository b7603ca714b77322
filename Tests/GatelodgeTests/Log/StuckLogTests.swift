import Foundation
import Gatelodge
import JSON
import Logging
import Testing

/// A log whose reader does not read.
@Suite(.serialized) struct StuckLogTests {
    private let folder: ScratchFolder
    private let pipe: String
    private let reader: Int32

    init() throws {
        folder = try ScratchFolder()
        pipe = folder.path + "/log"
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        reader = unsafe open(pipe, O_RDONLY | O_NONBLOCK)
        try #require(reader >= 0)
    }

    private func logger() throws -> Logger {
        var log = Settings().log
        log.format = .json
        log.file = pipe
        return try InstanceLog.logger(log)
    }

    /// Reads until a line says what the caller waits for.
    private func read(until isLast: (JSONObject) -> Bool) throws -> [JSONObject] {
        var rest: [UInt8] = []
        var lines: [JSONObject] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        for _ in 0..<20_000 {
            let count = unsafe Glibc.read(reader, &buffer, buffer.count)
            guard count > 0 else {
                usleep(1000)
                continue
            }
            rest += buffer.prefix(count)
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = try #require(try JSONValue(parsing: Array(rest[..<end]).span).objectValue)
                rest.removeSubrange(...end)
                lines.append(line)
                if isLast(line) { return lines }
            }
        }
        Issue.record("the line did not come")
        return lines
    }

    @Test func `Nobody waits for it, and what was dropped is counted exactly`() throws {
        defer { close(reader) }
        let logger = try logger()
        let (before, total) = (InstanceLog.droppedLines, 20_000)
        for number in 0..<total { logger.info("line", metadata: ["number": .stringConvertible(number)]) }
        // The pipe holds 64 KiB and the queue 1 MiB; a line of these has less than 100 bytes and more than 80.
        let dropped = InstanceLog.droppedLines - before
        #expect(dropped > total - 1_200_000 / 80 && dropped < total - 1_000_000 / 100)

        let lines = try read { $0["message"] == "log lines were dropped" }
        #expect(lines.last?["level"] == "warning" && lines.last?["count"]?.integerValue == Int64(dropped))
        let numbers = lines.dropLast().compactMap { $0["number"]?.integerValue }
        #expect(numbers == (0..<Int64(total - dropped)).map(\.self))

        // There is room again.
        logger.info("after")
        #expect(try read { $0["message"] == "after" }.count == 1)
        #expect(InstanceLog.droppedLines - before == dropped)
    }

    @Test func `A process that ends does not wait for it longer than a second`() throws {
        defer { close(reader) }
        let logger = try logger()
        for _ in 0..<2_000 { logger.info("a line of some length, so that the pipe is full") }
        logger.info("the last one")
        let clock = ContinuousClock()
        let taken = clock.measure { InstanceLog.flush() }
        #expect(taken > .milliseconds(900) && taken < .seconds(10))
        #expect(try read { $0["message"] == "the last one" }.count == 2_001)
    }

    @Test func `A reader that has gone costs its lines and not the process`() throws {
        let logger = try logger()
        let before = InstanceLog.droppedLines
        close(reader)
        for _ in 0..<10 { logger.info("nobody reads this") }
        InstanceLog.flush()
        #expect(InstanceLog.droppedLines - before == 10)
        let next = unsafe open(pipe, O_RDONLY | O_NONBLOCK)
        defer { close(next) }
        logger.info("somebody reads this")
        InstanceLog.flush()
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe Glibc.read(next, &buffer, buffer.count)
        let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        #expect(text.contains("somebody reads this") && text.contains(#""count":10"#))
    }
}
