extension JSONValue {
    /// Reads one JSON text (RFC 8259) and nothing else.
    ///
    /// Stricter than the grammar where the RFC leaves a choice that attackers use: duplicate names, lone surrogates, a byte
    /// order mark and anything beyond the limits are refused. Names are compared after unescaping, by their bytes.
    /// - Throws: the first fault in reading order. The size is checked before the first byte is read.
    public init(parsing text: borrowing Span<UInt8>, limits: JSONLimits = .default) throws(JSONError) {
        guard text.count <= limits.maximumBytes else { throw .tooLarge(maximumBytes: limits.maximumBytes) }
        var reader = JSONReader(maximumDepth: limits.maximumDepth)
        self = try reader.readText(text)
    }
}
