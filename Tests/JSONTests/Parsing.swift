import JSON

/// Reads a text that is written in a test.
func parse(_ text: String, limits: JSONLimits = .default) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: text.utf8.span, limits: limits)
}

/// Reads bytes that are no text.
func parse(_ bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: bytes.span, limits: limits)
}
