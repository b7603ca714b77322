/// Looks at the bytes that wait on a connection and says what may be done with them, before libfcgi sees any.
///
/// libfcgi is let at a request only when the request is there from BEGIN_REQUEST to its end, and made of nothing but the
/// records of one request. A responder's request ends with its standard input, an authorizer's with its parameters
/// (FastCGI 1.0 §6.2, §6.3). Everything else is answered here or ends the connection.
package struct Gate: Sendable {
    private let limits: RequestLimits

    /// A gate that lets requests within the limits pass.
    package init(limits: RequestLimits) {
        self.limits = limits
    }

    /// What may be done with the first waiting bytes.
    package enum Verdict: Equatable {
        /// Nothing yet: the rest has not come.
        case incomplete
        /// The first `length` bytes are one whole request with a body of `bodyBytes`.
        case complete(length: Int, bodyBytes: Int)
        /// The first `length` bytes are to be thrown away, and `reply` sent for them.
        case answered(length: Int, reply: [UInt8])
        /// A request that is too large or unfit: read it to its end, keeping nothing, and refuse it.
        case refused(Refusal, requestID: UInt16, keepsConnection: Bool)
        /// No request can follow: send `reply`, then close.
        case violation(reply: [UInt8])
    }

    /// Judges the waiting bytes, of which the first is the first of a record.
    package func judge(_ bytes: borrowing Span<UInt8>) -> Verdict {
        guard bytes.count >= RecordHeader.length else { return .incomplete }
        guard let header = RecordHeader(bytes, at: 0) else { return .violation(reply: []) }
        if header.requestID == 0 { return judgeManagement(header, bytes) }
        switch header.kind {
        case RecordKind.beginRequest:
            return judgeRequest(header, bytes)
        case RecordKind.abortRequest:
            // The request that it meant has been answered already.
            guard bytes.count >= header.recordLength else { return .incomplete }
            return .answered(length: header.recordLength, reply: [])
        case RecordKind.standardInput where header.contentLength == 0:
            // The end of an authorizer's standard input, which some web servers send and nobody asked for.
            guard bytes.count >= header.recordLength else { return .incomplete }
            return .answered(length: header.recordLength, reply: [])
        default:
            return .violation(reply: [])
        }
    }

    /// FastCGI 1.0 §4: GET_VALUES is answered, every other kind is unknown.
    private func judgeManagement(_ header: RecordHeader, _ bytes: borrowing Span<UInt8>) -> Verdict {
        guard header.kind != RecordKind.beginRequest, header.contentLength <= ManagementQuery.maximumBytes else {
            return .violation(reply: [])
        }
        guard bytes.count >= header.recordLength else { return .incomplete }
        guard header.kind == RecordKind.getValues else {
            return .answered(length: header.recordLength, reply: RecordWriter.unknownType(header.kind))
        }
        let content = RecordHeader.length..<RecordHeader.length + header.contentLength
        guard let names = ManagementQuery.names(bytes, content) else { return .violation(reply: []) }
        return .answered(length: header.recordLength, reply: RecordWriter.values(names))
    }

    private func judgeRequest(_ begin: RecordHeader, _ bytes: borrowing Span<UInt8>) -> Verdict {
        guard begin.contentLength == 8 else { return .violation(reply: []) }
        guard bytes.count >= begin.recordLength else { return .incomplete }
        let id = begin.requestID
        guard bytes[8] == 0, let role = Role(rawValue: bytes[9]) else {
            return .violation(reply: RecordWriter.endRequest(id, .unknownRole))
        }
        let keepsConnection = bytes[10] & 1 == 1

        var parameters = NameValueScanner(limits: limits)
        var parameterBytes = 0
        var bodyBytes = 0
        var inBody = false
        var offset = begin.recordLength
        while true {
            guard offset + RecordHeader.length <= bytes.count else { break }
            guard let header = RecordHeader(bytes, at: offset) else { return .violation(reply: []) }
            guard header.requestID == id else {
                let isSecond = header.kind == RecordKind.beginRequest && header.requestID != 0
                return .violation(
                    reply: isSecond ? RecordWriter.endRequest(header.requestID, .cannotMultiplex) : [])
            }
            let content = offset + RecordHeader.length
            let end = min(content + header.contentLength, bytes.count)
            switch (header.kind, inBody) {
            case (RecordKind.abortRequest, _):
                guard offset + header.recordLength <= bytes.count else { return .incomplete }
                return .answered(
                    length: offset + header.recordLength, reply: RecordWriter.endRequest(id, .requestComplete))
            case (RecordKind.parameters, false):
                parameterBytes += header.contentLength
                guard parameterBytes <= limits.maximumParameterBytes else {
                    return .refused(.parametersTooLarge, requestID: id, keepsConnection: keepsConnection)
                }
                switch parameters.scan(bytes, content..<end) {
                case .tooLarge: return .refused(.parametersTooLarge, requestID: id, keepsConnection: keepsConnection)
                case .unrepresentable: return .refused(.malformed, requestID: id, keepsConnection: keepsConnection)
                case nil: break
                }
                if header.contentLength == 0 {
                    guard parameters.isBetweenPairs else { return .violation(reply: []) }
                    inBody = true
                    let end = offset + header.recordLength
                    if role == .authorizer, end <= bytes.count {
                        return .complete(length: end + Self.lengthOfEmptyInput(bytes, at: end, id), bodyBytes: 0)
                    }
                }
            case (RecordKind.standardInput, true):
                bodyBytes += header.contentLength
                guard bodyBytes <= limits.maximumBodyBytes else {
                    return .refused(.bodyTooLarge, requestID: id, keepsConnection: keepsConnection)
                }
                if header.contentLength == 0, offset + header.recordLength <= bytes.count {
                    return .complete(length: offset + header.recordLength, bodyBytes: bodyBytes)
                }
            default:
                return .violation(reply: [])
            }
            offset += header.recordLength
        }
        guard offset + RecordHeader.length <= RequestLimits.maximumRequestBytes else {
            return .refused(.bodyTooLarge, requestID: id, keepsConnection: keepsConnection)
        }
        return .incomplete
    }

    /// How long the record is that ends an authorizer's standard input; 0 where it has not come, or not all of it.
    ///
    /// lighttpd sends it behind the parameters, mod_fcgid sends none.
    private static func lengthOfEmptyInput(_ bytes: borrowing Span<UInt8>, at offset: Int, _ id: UInt16) -> Int {
        guard offset + RecordHeader.length <= bytes.count, let header = RecordHeader(bytes, at: offset),
            header.kind == RecordKind.standardInput, header.requestID == id, header.contentLength == 0,
            offset + header.recordLength <= bytes.count
        else { return 0 }
        return header.recordLength
    }
}
