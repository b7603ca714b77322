internal import JSON

/// What was read is written so that it is read alike, and then written alike.
func fuzzJSON(_ bytes: borrowing Span<UInt8>) {
    // Text that is not JSON is the other half of the inputs; which error it is does not matter here.
    guard let value = try? JSONValue(parsing: bytes) else { return }
    let text = value.serialized()
    // Escaping may make a text longer than what was read.
    let limits = JSONLimits(maximumBytes: 6 * bytes.count + 16)
    guard let again = try? JSONValue(parsing: text.span, limits: limits) else {
        preconditionFailure("what was written cannot be read")
    }
    precondition(again == value, "another value is read of what was written")
    precondition(again.serialized() == text, "a value is written in two ways")
}
