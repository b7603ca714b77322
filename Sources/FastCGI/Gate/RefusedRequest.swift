/// A request that is being read to its end only to be refused: what the web server still sends must go somewhere, or
/// it takes the refusal for a broken connection.
package struct RefusedRequest {
    /// A request that has not ended after so many bytes ends with its connection.
    package static let maximumBytes = 1024 * 1024

    /// Why it is refused.
    package let refusal: Refusal
    /// Its id, which each of its records carries.
    package let requestID: UInt16
    /// Whether the connection is to stay.
    package let keepsConnection: Bool

    private var taken = 0
    private var head: [UInt8] = []
    private var left = 0
    private var isLastRecord = false

    /// Nothing has been read yet of a request with this id.
    package init(_ refusal: Refusal, requestID: UInt16, keepsConnection: Bool) {
        self.refusal = refusal
        self.requestID = requestID
        self.keepsConnection = keepsConnection
    }

    /// What taking bytes came to.
    package enum Progress: Equatable {
        /// There is more to come.
        case unfinished
        /// The request ended after so many of the bytes given.
        case ended(after: Int)
        /// These are no records of one request, or too many.
        case violation
    }

    /// Takes the next bytes.
    package mutating func take(_ bytes: borrowing Span<UInt8>) -> Progress {
        var offset = 0
        while offset < bytes.count {
            if left > 0 {
                let step = min(left, bytes.count - offset)
                left -= step
                offset += step
            } else {
                head.append(bytes[offset])
                offset += 1
                guard head.count == RecordHeader.length else { continue }
                guard let header = RecordHeader(head.span, at: 0), header.requestID == requestID else {
                    return .violation
                }
                head.removeAll(keepingCapacity: true)
                left = header.contentLength + header.paddingLength
                isLastRecord =
                    header.kind == RecordKind.abortRequest
                    || (header.kind == RecordKind.standardInput && header.contentLength == 0)
            }
            if isLastRecord, left == 0 { return .ended(after: offset) }
        }
        taken += bytes.count
        return taken > Self.maximumBytes ? .violation : .unfinished
    }
}
