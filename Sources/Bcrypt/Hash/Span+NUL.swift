extension Span<UInt8> {
    /// Whether one of the bytes is zero.
    var containsNUL: Bool { indices.contains { self[$0] == 0 } }
}
