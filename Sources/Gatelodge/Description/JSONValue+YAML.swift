internal import JSON
internal import Yams

extension JSONValue {
    /// YAML as far as the description uses it: plain scalars are integers, `true`, `false`, `null` or strings.
    init(_ node: Node) {
        switch node {
        case .mapping(let mapping):
            var object = JSONObject()
            for (key, value) in mapping { object[key.scalar?.string ?? ""] = JSONValue(value) }
            self = .object(object)
        case .sequence(let sequence): self = .array(sequence.map { JSONValue($0) })
        case .scalar(let scalar): self = scalar.style == .plain ? Self.plain(scalar.string) : .string(scalar.string)
        case .alias: preconditionFailure("the description has no aliases")
        }
    }

    /// By hand, because Yams tries a regular expression for each type on each scalar.
    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "true": true
        case "false": false
        case "null": nil
        default: Int64(text).map { .integer($0) } ?? .string(text)
        }
    }
}
