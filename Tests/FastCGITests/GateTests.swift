import FastCGI
import TestSupport
import Testing

@Suite struct GateTests {
    private let gate = Gate(limits: RequestLimits())
    private let whole = Records.request("POST", "/a", body: [1, 2, 3], parameters: [("A", "b"), ("EMPTY", "")])

    @Test func `A whole request is complete, with its length and body`() {
        #expect(gate.judge(whole.span) == .complete(length: whole.count, bodyBytes: 3))
        #expect(gate.judge((whole + [1, 2]).span) == .complete(length: whole.count, bodyBytes: 3))
    }

    @Test func `Every shorter prefix of a request is incomplete`() {
        for length in 0..<whole.count { #expect(gate.judge([UInt8](whole.prefix(length)).span) == .incomplete) }
    }

    @Test func `Padding and small records change nothing`() {
        let request =
            Records.record(1, [0, 1, 0, 0, 0, 0, 0, 0], padding: 7)
            + Records.stream(
                4, Records.pairs([("REQUEST_METHOD", "GET"), ("LONG", String(repeating: "x", count: 300))]), chunk: 3)
            + Records.record(5, [9], padding: 255) + Records.record(5, padding: 3)
        #expect(gate.judge(request.span) == .complete(length: request.count, bodyBytes: 1))
        #expect(gate.judge([UInt8](request.dropLast()).span) == .incomplete)
    }

    @Test(.promise(84)) func `GET_VALUES is answered once for each known name, however often it is asked`() {
        let names = [("FCGI_MPXS_CONNS", ""), ("FCGI_MAX_CONNS", ""), ("OTHER", "")]
        let query = Records.record(9, id: 0, Records.pairs(names + names + names), padding: 2)
        let result = Records.record(10, id: 0, Records.pairs([("FCGI_MAX_CONNS", "0"), ("FCGI_MPXS_CONNS", "0")]))
        #expect(gate.judge(query.span) == .answered(length: query.count, reply: result))
        #expect(gate.judge((query + whole).span) == .answered(length: query.count, reply: result))
        #expect(gate.judge([UInt8](query.dropLast()).span) == .incomplete)
    }

    @Test func `An unknown management record is answered with its kind`() {
        let record = Records.record(42, id: 0, [1, 2, 3])
        let reply = Records.record(11, id: 0, [42, 0, 0, 0, 0, 0, 0, 0])
        #expect(gate.judge(record.span) == .answered(length: record.count, reply: reply))
    }

    @Test func `An aborted request is thrown away and ended`() {
        let request =
            Records.begin(id: 7) + Records.record(4, id: 7, Records.pairs([("A", "b")])) + Records.record(2, id: 7)
        let reply = Records.record(3, id: 7, [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(gate.judge(request.span) == .answered(length: request.count, reply: reply))
        let late = Records.record(2, id: 7)
        #expect(gate.judge(late.span) == .answered(length: late.count, reply: []))
    }

    static let violations: [(String, [UInt8])] = [
        ("another version", [2] + Records.begin().dropFirst()),
        ("a record of no request", Records.record(5, [1])),
        ("input before the parameters' end", Records.begin() + Records.record(4, [1, 1, 65, 66]) + Records.record(5)),
        ("parameters after their end", Records.begin() + Records.record(4) + Records.record(4, [1, 1, 65, 66])),
        ("a short BEGIN_REQUEST", Records.record(1, [0, 1, 0, 0])),
        ("BEGIN_REQUEST without an id", Records.begin(id: 0)),
        ("parameters that end inside a pair", Records.begin() + Records.stream(4, [3, 3, 65, 66])),
        ("parameters that end inside a length", Records.begin() + Records.stream(4, [0x80, 0])),
        ("management inside a request", Records.begin() + Records.record(9, id: 0)),
        ("an empty record of another id", Records.begin() + Records.record(4, id: 2)),
        ("a GET_VALUES length beyond its record", Records.record(9, id: 0, [9, 0, 65])),
        ("a long GET_VALUES length", Records.record(9, id: 0, [0xC0, 0, 0, 0, 0xC0, 0, 0, 0])),
        ("a huge GET_VALUES", Records.record(9, id: 0, [UInt8](repeating: 0, count: 2000))),
    ]

    @Test(.promise(84), arguments: violations) func `What is no request ends the connection`(
        _ name: String, _ bytes: [UInt8]
    ) {
        #expect(gate.judge(bytes.span) == .violation(reply: []))
    }

    @Test(.promise(84)) func `A second request on a busy connection is told that it cannot be multiplexed`() {
        let second = Records.begin(id: 1) + Records.begin(id: 2)
        let reply = Records.record(3, id: 2, [0, 0, 0, 0, 1, 0, 0, 0])
        #expect(gate.judge(second.span) == .violation(reply: reply))
    }

    @Test(arguments: [0, 3, 255] as [UInt8]) func `Only responder and authorizer are served`(_ role: UInt8) {
        let reply = Records.record(3, id: 1, [0, 0, 0, 0, 3, 0, 0, 0])
        #expect(gate.judge(Records.begin(role: role).span) == .violation(reply: reply))
        #expect(gate.judge(Records.begin(role: 1).span) == .incomplete)
        #expect(gate.judge(Records.begin(role: 2).span) == .incomplete)
    }

    @Test func `An authorizer's request ends with its parameters, or with the empty input behind them`() {
        let parameters = Records.begin(role: 2) + Records.stream(4, Records.pairs([("REQUEST_METHOD", "GET")]))
        for length in 0..<parameters.count {
            #expect(gate.judge([UInt8](parameters.prefix(length)).span) == .incomplete)
        }
        let whole = Gate.Verdict.complete(length: parameters.count, bodyBytes: 0)
        #expect(gate.judge(parameters.span) == whole)
        let end = Records.record(5, padding: 3)
        #expect(
            gate.judge((parameters + end).span)
                == .complete(length: parameters.count + end.count, bodyBytes: 0))
        // What is not all there, or something else, is not taken along.
        #expect(gate.judge((parameters + end.dropLast()).span) == whole)
        #expect(gate.judge((parameters + Records.record(5, [1])).span) == whole)
        #expect(gate.judge((parameters + Records.record(5, id: 2)).span) == whole)
    }

    @Test func `An input's end that comes late is thrown away`() {
        let end = Records.record(5, padding: 3)
        #expect(gate.judge(end.span) == .answered(length: end.count, reply: []))
        #expect(gate.judge([UInt8](end.dropLast()).span) == .incomplete)
        #expect(gate.judge(Records.record(5, [1]).span) == .violation(reply: []))
    }

    /// Records whose test prints their name and not their many bytes.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let refusal: Refusal?
        let records: [UInt8]

        init(_ name: String, _ refusal: Refusal?, _ records: [UInt8]) {
            testDescription = name
            self.refusal = refusal
            self.records = records
        }
    }

    static let rows = [
        Row(
            "64 KiB of parameters", nil, Records.stream(4, Records.pairs([("A", .init(repeating: "x", count: 65530))]))),
        Row(
            "one byte more", .parametersTooLarge,
            Records.stream(4, Records.pairs([("A", .init(repeating: "x", count: 65531))]))),
        Row("256 parameters", nil, Records.stream(4, Records.pairs((0..<256).map { ("A\($0)", "") }))),
        Row("257 parameters", .parametersTooLarge, Records.stream(4, Records.pairs((0..<257).map { ("A\($0)", "") }))),
        Row("lengths of a gigabyte", .parametersTooLarge, Records.record(4, [0xC0, 0, 0, 0, 0xC0, 0, 0, 0])),
        Row("NUL in a name", .malformed, Records.stream(4, Records.pairs([("A\0", "b")]))),
        Row("NUL in a value", .malformed, Records.stream(4, Records.pairs([("A", "\0b")]))),
        Row("= in a name", .malformed, Records.stream(4, Records.pairs([("A=", "b")]))),
        Row("= in a value", nil, Records.stream(4, Records.pairs([("A", "=b=")]))),
        Row("96 KiB of body", nil, Records.record(4) + Records.stream(5, .init(repeating: 1, count: 96 * 1024))),
        Row(
            "a byte more of body", .bodyTooLarge,
            Records.record(4) + Records.stream(5, .init(repeating: 1, count: 96 * 1024 + 1))),
    ]

    @Test(.promise(84), arguments: rows) func `Limits hold to the byte`(_ row: Row) {
        let verdict = gate.judge((Records.begin() + row.records).span)
        if let refusal = row.refusal {
            #expect(verdict == .refused(refusal, requestID: 1, keepsConnection: true))
        } else {
            // Without their input's end the rows on parameters are not complete; neither are they refused.
            let isLet =
                switch verdict {
                case .incomplete, .complete: true;
                default: false
                }
            #expect(isLet)
        }
    }

    @Test func `A request of endless empty space does not wait for ever`() {
        let records = (0..<600).flatMap { _ in Records.record(5, [1], padding: 255) }
        let request = Records.begin() + Records.record(4) + records
        #expect(
            gate.judge([UInt8](request.prefix(128 * 1024)).span)
                == .refused(.bodyTooLarge, requestID: 1, keepsConnection: true))
    }

    @Test(.promise(84)) func `Random bytes after a good beginning get a verdict`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
            }
            if case .complete(let length, let body) = gate.judge(bytes.span) {
                #expect(length <= bytes.count && body <= bytes.count)
            }
        }
    }
}
