/// The request parameters as the web server sent them: names and values in one owned buffer, in their order.
///
/// A name that was sent twice keeps both values; look-ups find the first.
public struct RequestParameters: Sendable, Sequence {
    /// One parameter's place in `bytes`: the name, then the value.
    private struct Entry: Sendable {
        let name: Range<Int>
        let value: Range<Int>
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    /// No parameters.
    public init() {}

    /// Parameters from pairs, for tests and for CGI.
    public init(_ pairs: some Sequence<(name: String, value: String)>) {
        for pair in pairs { append(name: pair.name.utf8, value: pair.value.utf8) }
    }

    /// How many.
    public var count: Int { entries.count }

    /// Names and values together, in bytes.
    var byteCount: Int { bytes.count }

    /// The first value of a name, or nil where the name was not sent. Bytes that are not UTF-8 come out as U+FFFD.
    public subscript(_ name: String) -> String? {
        value(of: name).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// The first value of a name, byte for byte.
    public func bytes(of name: String) -> ArraySlice<UInt8>? {
        value(of: name).map { bytes[$0] }
    }

    /// All values of a name.
    public func values(of name: String) -> [String] {
        filter { $0.name == name }.map(\.value)
    }

    /// Calls `body` with each parameter whose name begins with `prefix`, byte for byte and in the order in which they came.
    package func forEach(
        prefix: StaticString, _ body: (_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Void
    ) {
        for entry in entries where entry.name.count >= prefix.utf8CodeUnitCount {
            let isPrefix = prefix.withUTF8Buffer { prefix in
                prefix.indices.allSatisfy { unsafe bytes[entry.name.lowerBound + $0] == prefix[$0] }
            }
            if isPrefix { body(bytes[entry.name], bytes[entry.value]) }
        }
    }

    /// Every parameter in the order in which it came.
    public func makeIterator() -> AnyIterator<(name: String, value: String)> {
        var rest = entries[...]
        return AnyIterator {
            rest.popFirst().map { entry in
                (
                    String(decoding: bytes[entry.name], as: UTF8.self),
                    String(decoding: bytes[entry.value], as: UTF8.self)
                )
            }
        }
    }

    mutating func reserve(parameters: Int, bytes count: Int) {
        entries.reserveCapacity(parameters)
        bytes.reserveCapacity(count)
    }

    mutating func append(name: some Collection<UInt8>, value: some Collection<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: name)
        let middle = bytes.count
        bytes.append(contentsOf: value)
        entries.append(Entry(name: start..<middle, value: middle..<bytes.count))
    }

    private func value(of name: String) -> Range<Int>? {
        let wanted = name.utf8
        return entries.first { entry in
            entry.name.count == wanted.count && bytes[entry.name].elementsEqual(wanted)
        }?.value
    }
}
