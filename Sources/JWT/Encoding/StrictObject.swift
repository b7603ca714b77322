internal import JSON

extension JSONObject {
    /// Reads a header, a payload or a key: an object whose names differ, in text that is at most as long as `maximumBytes`.
    /// - Throws: `duplicateName`, and `fault` for everything else that is wrong.
    init(
        parsing text: borrowing Span<UInt8>, maximumBytes: Int = CompactJWS.maximumTokenBytes, orThrow fault: JWTError
    ) throws(JWTError) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: text, limits: JSONLimits(maximumBytes: maximumBytes))
        } catch .duplicateName {
            throw .duplicateName
        } catch {
            throw fault
        }
        guard let object = value.objectValue else { throw fault }
        self = object
    }

    /// The string of a name; `nil` where the name is absent.
    /// - Throws: `fault` where it is something else, `null` included.
    func string(_ name: String, orThrow fault: JWTError) throws(JWTError) -> String? {
        guard let value = self[name] else { return nil }
        guard let string = value.stringValue else { throw fault }
        return string
    }
}
