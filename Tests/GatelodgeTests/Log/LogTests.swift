import Foundation
import Gatelodge
import JSON
import Logging
import TestSupport
import Testing

@Suite struct LogTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func settings(_ format: Settings.Log.Format, level: Logger.Level = .trace) -> Settings.Log {
        var log = Settings().log
        log.level = level
        log.format = format
        log.file = folder.path + "/log"
        return log
    }

    /// What is in the file once everything is written.
    private func text(_ file: String = "log") throws -> String {
        InstanceLog.flush()
        return try String(contentsOfFile: folder.path + "/" + file, encoding: .utf8)
    }

    /// Each line as an object, read by our own strict reader.
    private func objects() throws -> [JSONObject] {
        try text().split(separator: "\n").map { line in
            try #require(try JSONValue(parsing: Array(line.utf8).span).objectValue, "\(line)")
        }
    }

    @Test func `A line is an object with time, level, message, request id and the rest in this order`() throws {
        let logger = try InstanceLog.logger(settings(.json))
        let before = Date()
        logger.notice(
            "a thing happened",
            metadata: [
                "size": .stringConvertible(17), "address": "192.0.2.1", "request_id": "abc",
                "took": .stringConvertible(1.5),
                "good": .stringConvertible(true), "list": ["a", ["b": "c"]],
            ])
        let object = try #require(try objects().first)
        #expect(
            object.members.map(\.name) == [
                "time", "level", "message", "request_id", "address", "good", "list", "size", "took",
            ])
        #expect(object["level"] == "notice" && object["message"] == "a thing happened")
        #expect(object["size"]?.integerValue == 17 && object["good"] == true && object["address"] == "192.0.2.1")
        #expect(object["list"] == ["a", ["b": "c"]])
        // RFC 3339 with milliseconds and in UTC.
        let time = try #require(object["time"]?.stringValue)
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        let parsed = try Date(time, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        #expect(parsed.timeIntervalSince(before) > -1 && parsed.timeIntervalSince(before) < 60)
    }

    /// Text that breaks lines, quotes, terminals and readers.
    static let hostile = [
        "", " ", "\"", "\\", "\\\"", "a\nb", "a\r\nb", "\r", "\t", "\u{0}", "\u{7}\u{8}",
        "\u{1B}[2J\u{1B}]0;owned\u{7}",
        "\u{7F}", "\u{9B}31m", "\u{85}next", "\u{2028}\u{2029}", "\u{202E}desrever", "\u{2066}isolated\u{2069}",
        "\u{FEFF}mark", "a\u{200B}b\u{200D}c", "\u{E0001}\u{E0061}tagged", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "田中さん", "Ω≈ç√∫", "👩‍👩‍👦",
        "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮", "%s%n%x", "${jndi:ldap://127.0.0.1}", #"","level":"info","forged":""#,
        #"}{"level":"critical"}"#, "<script>alert(1)</script>", "' OR 1=1 --", "null", "NaN", "1e999",
        String(decoding: [0xFF, 0xFE, 0xC0, 0x80] as [UInt8], as: UTF8.self),
    ]

    @Test(.promise(88), arguments: hostile)
    func `Hostile text stays one line, comes back as it was, and steers no terminal`(_ text: String) throws {
        let logger = try InstanceLog.logger(settings(.json))
        logger.error("\(text)", metadata: ["value": "\(text)", "\(text)": "a name", "list": ["\(text)"]])
        let written = try self.text()
        #expect(written.utf8.count { $0 == UInt8(ascii: "\n") } == 1 && written.hasSuffix("\n"))
        #expect(written.unicodeScalars.dropLast().allSatisfy { !Self.steers($0) })
        let object = try #require(try objects().first)
        #expect(object["message"]?.stringValue == text)
        #expect(object["value"] == .string(text) && object["list"] == .array([.string(text)]))
        #expect(object[text] == "a name" && object["forged"] == nil)
    }

    @Test(.promise(88), arguments: hostile)
    func `Lines for people stay one line and steer no terminal`(_ text: String) throws {
        let logger = try InstanceLog.logger(settings(.text))
        logger.warning("\(text)", metadata: ["value": "\(text)", "word": "plain"])
        let written = try self.text()
        #expect(written.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(written.unicodeScalars.dropLast().allSatisfy { !Self.steers($0) })
        #expect(written.contains("Z warning  ") && written.contains(" word=plain"))
    }

    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    @Test func `Names that a line has already are given another, so that nothing stands twice`() throws {
        let logger = try InstanceLog.logger(settings(.json))
        logger.info("right", metadata: ["message": "wrong", "time": "never", "level": "none", "cut": "not"])
        let object = try #require(try objects().first)
        #expect(object["message"] == "right" && object["message_"] == "wrong" && object["cut_"] == "not")
    }

    @Test(arguments: ["x", "\u{1}", "é", "\"", "👩"])
    func `A line has at most 4096 bytes, and says what is cut`(_ character: String) throws {
        let long = String(repeating: character, count: 5000)
        let logger = try InstanceLog.logger(settings(.json))
        logger.info("\(long)", metadata: ["short": "one"])
        logger.info("many", metadata: Dictionary(uniqueKeysWithValues: (10..<40).map { ("name\($0)", "\(long)") }))
        logger.info("deep", metadata: ["list": .array((0..<3000).map { "\(long)\($0)" })])
        for line in try text().split(separator: "\n") { #expect(line.utf8.count < 4096) }
        let lines = try objects()
        let message = try #require(lines[0]["message"]?.stringValue)
        #expect(message.hasSuffix("…") && message.hasPrefix(character) && lines[0]["short"] == "one")
        #expect(lines[1]["cut"] == true && lines[1]["name10"] != nil && lines[1]["name39"] == nil)
        #expect(lines[2]["cut"] == true)
    }

    @Test func `Only what is important enough is written`() throws {
        let logger = try InstanceLog.logger(settings(.json, level: .notice))
        logger.info("not this")
        logger.notice("but this")
        #expect(try objects().map { $0["message"] } == ["but this"])
    }

    @Test func `An error is shown by its type, because what it says may hold anything`() throws {
        struct Canary: Error { let secret = "kQ8-canary" }
        try InstanceLog.logger(settings(.json)).error("it failed", error: Canary())
        let written = try text()
        #expect(written.contains(#""error":"Canary""#) && !written.contains("kQ8"))
    }

    @Test func `A file that was renamed is left for a new one`() throws {
        let logger = try InstanceLog.logger(settings(.json))
        logger.info("before")
        InstanceLog.flush()
        try FileManager.default.moveItem(atPath: folder.path + "/log", toPath: folder.path + "/log.1")
        logger.info("between")
        InstanceLog.flush()
        InstanceLog.reopen()
        logger.info("after")
        #expect(try text("log").contains("after") && !(try text("log").contains("between")))
        #expect(try text("log.1").contains("between"))
    }

    @Test func `Where the file cannot be opened again, the open one goes on and says so`() throws {
        let logger = try InstanceLog.logger(settings(.json))
        logger.info("before")
        InstanceLog.flush()
        try FileManager.default.moveItem(atPath: folder.path + "/log", toPath: folder.path + "/log.1")
        try FileManager.default.createDirectory(atPath: folder.path + "/log", withIntermediateDirectories: false)
        InstanceLog.reopen()
        logger.info("after")
        let written = try text("log.1")
        #expect(written.contains("cannot be opened again") && written.contains("after"))
    }

    @Test func `A file that cannot be opened is a reason not to start`() throws {
        var log = Settings().log
        log.file = folder.path + "/none/log"
        #expect(throws: StartError.self) { try InstanceLog.logger(log) }
    }

    @Test func `Lines of many threads come whole, each once`() throws {
        let logger = try InstanceLog.logger(settings(.json))
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<200 { logger.info("\(thread)-\(number)") }
        }
        let messages = try objects().compactMap { $0["message"]?.stringValue }
        #expect(messages.count == 1600 && Set(messages).count == 1600)
    }
}
