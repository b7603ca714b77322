/// The few records that the gate writes itself, because libfcgi must not see what they answer.
enum RecordWriter {
    /// END_REQUEST with application status 0 (FastCGI 1.0 §5.5).
    static func endRequest(_ requestID: UInt16, _ status: ProtocolStatus) -> [UInt8] {
        record(RecordKind.endRequest, requestID, [0, 0, 0, 0, status.rawValue, 0, 0, 0])
    }

    /// UNKNOWN_TYPE (FastCGI 1.0 §4.2).
    static func unknownType(_ kind: UInt8) -> [UInt8] {
        record(RecordKind.unknownType, 0, [kind, 0, 0, 0, 0, 0, 0, 0])
    }

    /// GET_VALUES_RESULT (FastCGI 1.0 §4.1). Every value is `0`: the bounds that matter here are settings of the
    /// web server, and requests are never multiplexed.
    static func values(_ names: [String]) -> [UInt8] {
        var content: [UInt8] = []
        for name in names { content += [UInt8(name.utf8.count), 1] + name.utf8 + [UInt8(ascii: "0")] }
        return record(RecordKind.getValuesResult, 0, content)
    }

    /// A whole reply to one request: output, its end, and the end of the request.
    static func reply(_ requestID: UInt16, _ output: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = output[...]
        while !rest.isEmpty {
            bytes += record(RecordKind.standardOutput, requestID, [UInt8](rest.prefix(0xFFFF)))
            rest = rest.dropFirst(0xFFFF)
        }
        return bytes + record(RecordKind.standardOutput, requestID, []) + endRequest(requestID, .requestComplete)
    }

    /// One record without padding, which §3.3 recommends and nobody needs.
    private static func record(_ kind: UInt8, _ requestID: UInt16, _ content: [UInt8]) -> [UInt8] {
        let length = UInt16(content.count)
        return [
            1, kind, UInt8(requestID >> 8), UInt8(requestID & 0xFF), UInt8(length >> 8), UInt8(length & 0xFF), 0, 0,
        ]
            + content
    }
}
