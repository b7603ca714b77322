internal import Gatelodge

private let paths = [
    "/api/posts", "/api/sessions/{id}", "/api/admin/users/{id}", "/api/admin/users/{id}/roles", "/Keys/{kid}/{n}/",
].map { RoutePath($0) }

/// A path leads where its bytes say: put together again from its literals and values, it is what was asked for, and just
/// those paths are taken that a reader of bytes takes.
func fuzzRoute(_ bytes: borrowing Span<UInt8>) {
    let path = String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
    let segments = RoutePath.split(path)
    precondition((segments != nil) == path.utf8.starts(with: "/".utf8), "a path begins with no slash")
    for route in paths {
        let values = segments.flatMap { route.match($0) }
        let isTaken = isTaken([UInt8](path.utf8), by: [UInt8](route.text.utf8))
        precondition((values != nil) == isTaken, "another path is taken")
        var rebuilt = route.text
        for (name, value) in values ?? [] {
            precondition(!value.isEmpty && !value.utf8.contains(UInt8(ascii: "/")), "a value is no segment")
            guard let place = rebuilt.firstRange(of: "{\(name)}") else { preconditionFailure("no such parameter") }
            rebuilt.replaceSubrange(place, with: value)
        }
        precondition(values == nil || rebuilt.utf8.elementsEqual(path.utf8), "the values are of another path")
    }
}

/// A second reader, which walks through both at once: a brace stands for one byte or more that are no slash.
private func isTaken(_ path: [UInt8], by route: [UInt8]) -> Bool {
    var (at, index) = (0, 0)
    while index < route.count {
        if route[index] == UInt8(ascii: "{") {
            let start = at
            while at < path.count, path[at] != UInt8(ascii: "/") { at += 1 }
            guard at > start else { return false }
            while route[index] != UInt8(ascii: "}") { index += 1 }
        } else {
            guard at < path.count, path[at] == route[index] else { return false }
            at += 1
        }
        index += 1
    }
    return at == path.count
}
