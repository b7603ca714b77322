/// The head of every record (FastCGI 1.0 §3.3).
struct RecordHeader: Equatable {
    /// Length in bytes.
    static let length = 8

    let kind: UInt8
    let requestID: UInt16
    let contentLength: Int
    let paddingLength: Int

    /// The whole record, head and padding included, in bytes.
    var recordLength: Int { Self.length + contentLength + paddingLength }

    /// Reads the head at `offset`, which the caller has checked to lie inside, or nil for a version other than 1.
    init?(_ bytes: borrowing Span<UInt8>, at offset: Int) {
        guard bytes[offset] == 1 else { return nil }
        kind = bytes[offset + 1]
        requestID = UInt16(bytes[offset + 2]) << 8 | UInt16(bytes[offset + 3])
        contentLength = Int(bytes[offset + 4]) << 8 | Int(bytes[offset + 5])
        paddingLength = Int(bytes[offset + 6])
    }
}

/// The kinds of records (FastCGI 1.0 §8).
enum RecordKind {
    static let beginRequest: UInt8 = 1
    static let abortRequest: UInt8 = 2
    static let endRequest: UInt8 = 3
    static let parameters: UInt8 = 4
    static let standardInput: UInt8 = 5
    static let standardOutput: UInt8 = 6
    static let getValues: UInt8 = 9
    static let getValuesResult: UInt8 = 10
    static let unknownType: UInt8 = 11
}

/// How a request ended, as END_REQUEST says it (FastCGI 1.0 §5.5).
enum ProtocolStatus: UInt8 {
    case requestComplete = 0
    case cannotMultiplex = 1
    case unknownRole = 3
}
