internal import FastCGI

/// A second reader of one whole request (FastCGI 1.0 §3.3, §3.4), which shares no line with the gate: it gathers the
/// streams first and looks at the pairs after.
struct RequestWalk {
    static let headBytes = 8

    private var records: [(kind: UInt8, id: Int, content: [UInt8])] = []

    init(_ bytes: borrowing Span<UInt8>) {
        var offset = 0
        while offset < bytes.count {
            precondition(bytes.count - offset >= Self.headBytes && bytes[offset] == 1, "a request holds half a head")
            let content = offset + Self.headBytes
            let end = content + 256 * Int(bytes[offset + 4]) + Int(bytes[offset + 5])
            let next = end + Int(bytes[offset + 6])
            precondition(next <= bytes.count, "a request holds half a record")
            records.append(
                (
                    kind: bytes[offset + 1], id: 256 * Int(bytes[offset + 2]) + Int(bytes[offset + 3]),
                    content: (content..<end).map { bytes[$0] }
                ))
            offset = next
        }
    }

    /// One BEGIN_REQUEST, PARAMS to their end, STDIN to its end, nothing else.
    mutating func checkRequest(bodyBytes: Int, _ limits: RequestLimits) {
        let begin = records.removeFirst()
        precondition(begin.kind == 1 && begin.content.count == 8 && begin.id != 0, "no request begins here")
        precondition(records.allSatisfy { $0.id == begin.id }, "a request has two ids")
        let parameters = take(4)
        let isAuthorizer = begin.content[1] == 2
        if isAuthorizer {
            precondition(records.count <= 1 && bodyBytes == 0, "an authorizer's request has a body")
            precondition(records.allSatisfy { $0.kind == 5 && $0.content.isEmpty }, "an authorizer's request goes on")
        } else {
            precondition(begin.content[1] == 1, "a role that nobody plays")
            let body = take(5)
            precondition(body.count == bodyBytes && bodyBytes <= limits.maximumBodyBytes, "the body has another length")
            precondition(records.isEmpty, "a request goes on after its end")
        }
        check(pairs: parameters, limits)
    }

    /// The stream of a kind that comes next, up to its empty record.
    private mutating func take(_ kind: UInt8) -> [UInt8] {
        var stream: [UInt8] = []
        while true {
            precondition(!records.isEmpty, "a stream has no end")
            let record = records.removeFirst()
            precondition(record.kind == kind, "another stream stands in the way")
            if record.content.isEmpty { return stream }
            stream += record.content
        }
    }

    private func check(pairs stream: [UInt8], _ limits: RequestLimits) {
        precondition(stream.count <= limits.maximumParameterBytes, "the parameters are too long")
        var rest = stream[...]
        var count = 0
        while !rest.isEmpty {
            let name = Self.length(&rest)
            let value = Self.length(&rest)
            precondition(rest.count >= name + value, "a pair is longer than its stream")
            precondition(!rest.prefix(name).contains(UInt8(ascii: "=")), "libfcgi would cut the name elsewhere")
            precondition(!rest.prefix(name + value).contains(0), "libfcgi would cut the pair short")
            rest = rest.dropFirst(name + value)
            count += 1
        }
        precondition(count <= limits.maximumParameters, "there are too many parameters")
    }

    private static func length(_ rest: inout ArraySlice<UInt8>) -> Int {
        let bytes = rest.first.map { $0 >= 128 } == true ? 4 : 1
        precondition(rest.count >= bytes, "a length is cut off")
        defer { rest = rest.dropFirst(bytes) }
        return rest.prefix(bytes).enumerated().reduce(0) { sum, next in
            256 * sum + Int(next.offset == 0 && bytes == 4 ? next.element - 128 : next.element)
        }
    }
}
