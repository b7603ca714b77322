/// FastCGI records as a web server writes them (FastCGI 1.0 §3.3), for raw-socket tests.
public enum Records {
    /// One record.
    public static func record(_ kind: UInt8, id: UInt16 = 1, _ content: [UInt8] = [], padding: Int = 0) -> [UInt8] {
        let length = UInt16(content.count)
        return [
            1, kind, UInt8(id >> 8), UInt8(id & 0xFF), UInt8(length >> 8), UInt8(length & 0xFF), UInt8(padding), 0,
        ] + content + [UInt8](repeating: 0, count: padding)
    }

    /// BEGIN_REQUEST (§5.1).
    public static func begin(id: UInt16 = 1, role: UInt8 = 1, keepsConnection: Bool = true) -> [UInt8] {
        record(1, id: id, [0, role, keepsConnection ? 1 : 0, 0, 0, 0, 0, 0])
    }

    /// Name-value pairs (§3.4).
    public static func pairs(_ parameters: [(String, String)]) -> [UInt8] {
        parameters.flatMap { name, value in
            length(name.utf8.count) + length(value.utf8.count) + name.utf8 + value.utf8
        }
    }

    /// A length of one or four bytes (§3.4).
    public static func length(_ length: Int) -> [UInt8] {
        length < 128 ? [UInt8(length)] : (0..<4).map { UInt8(length >> (24 - 8 * $0) & 0xFF) | ($0 == 0 ? 0x80 : 0) }
    }

    /// A stream in records of at most `chunk` bytes, with its end.
    public static func stream(_ kind: UInt8, id: UInt16 = 1, _ bytes: [UInt8], chunk: Int = 32 * 1024) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            result += record(kind, id: id, [UInt8](rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        return result + record(kind, id: id)
    }

    /// A whole responder request.
    public static func request(
        _ method: String = "GET", _ path: String = "/", body: [UInt8] = [], parameters: [(String, String)] = [],
        id: UInt16 = 1, keepsConnection: Bool = true
    ) -> [UInt8] {
        var all = [("REQUEST_METHOD", method), ("SCRIPT_NAME", path)]
        if !body.isEmpty { all.append(("CONTENT_LENGTH", "\(body.count)")) }
        all += parameters
        return begin(id: id, keepsConnection: keepsConnection) + stream(4, id: id, pairs(all))
            + stream(5, id: id, body)
    }
}
