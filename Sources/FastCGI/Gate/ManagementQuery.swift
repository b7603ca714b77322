/// A GET_VALUES record (FastCGI 1.0 §4.1).
enum ManagementQuery {
    /// The three variables that the specification defines.
    static let knownNames = ["FCGI_MAX_CONNS", "FCGI_MAX_REQS", "FCGI_MPXS_CONNS"]

    /// The longest content that is looked at; the three names need 52 bytes.
    static let maximumBytes = 1024

    /// Which known names are asked for, each once, or nil for content that is no list of empty-valued names.
    static func names(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> [String]? {
        var asked: Set<String> = []
        var offset = range.lowerBound
        while offset < range.upperBound {
            guard offset + 2 <= range.upperBound else { return nil }
            // No known name comes near the length of 128, from which the four-byte form is needed.
            let (nameLength, valueLength) = (Int(bytes[offset]), Int(bytes[offset + 1]))
            let end = offset + 2 + nameLength + valueLength
            guard nameLength < 0x80, valueLength < 0x80, end <= range.upperBound else { return nil }
            let name = bytes.extracting(offset + 2..<offset + 2 + nameLength)
            asked.insert(String(decoding: name.indices.map { name[$0] }, as: UTF8.self))
            offset = end
        }
        return knownNames.filter(asked.contains)
    }
}
