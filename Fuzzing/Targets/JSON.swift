internal import JSON

/// What was read is written so that it is read alike, and then written alike.
func fuzzJSON(_ bytes: borrowing Span<UInt8>) {
    do throws(JSONError) {
        let value = try JSONValue(parsing: bytes)
        let text = value.serialized()
        do throws(JSONError) {
            // Escaping may make a text longer than what was read.
            let again = try JSONValue(parsing: text.span, limits: JSONLimits(maximumBytes: 6 * bytes.count + 16))
            precondition(again == value, "another value is read of what was written")
            precondition(again.serialized() == text, "a value is written in two ways")
        } catch {
            preconditionFailure("what was written cannot be read")
        }
    } catch {
        return
    }
}
