/// The path of a route: as it is, or with parameters that stand for one whole segment each, as in `/api/sessions/{id}`.
///
/// Paths are compared byte by byte, as nginx does: Swift's characters would join a slash with an accent that follows it, and
/// find the letter K equal to the sign for kelvin.
package struct RoutePath: Sendable {
    private enum Segment: Sendable, Equatable {
        case literal(Substring)
        case parameter(name: String)
    }

    /// As it was given.
    package let text: String
    private let segments: [Segment]

    /// Whether any segment is a parameter.
    let hasParameters: Bool

    /// The path without its parameters' names: two routes of one shape match the same paths.
    let shape: String

    /// - Precondition: the path begins with `/`, and a brace stands only around a whole segment, which has a name that no
    ///   other segment has.
    package init(_ text: String) {
        precondition(text.hasPrefix("/"), "a route's path begins with /")
        self.text = text
        segments = (Self.split(text) ?? []).map { segment in
            guard segment.contains(where: { $0 == "{" || $0 == "}" }) else { return .literal(segment) }
            let name = segment.dropFirst().dropLast()
            precondition(
                segment.hasPrefix("{") && segment.hasSuffix("}") && !name.isEmpty
                    && name.allSatisfy { $0 != "{" && $0 != "}" }, "\(text): a parameter is a whole segment, as in {id}"
            )
            return .parameter(name: String(name))
        }
        let names = segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
        precondition(Set(names).count == names.count, "\(text): two parameters have one name")
        hasParameters = !names.isEmpty
        shape = segments.map { if case .literal(let text) = $0 { "/" + text } else { "/{}" } }.joined()
    }

    /// The values of the parameters, or nil where the path is another one. A value is never empty.
    package func match(_ path: [Substring]) -> [(name: String, value: String)]? {
        guard path.count == segments.count else { return nil }
        var values: [(name: String, value: String)] = []
        for (segment, given) in zip(segments, path) {
            switch segment {
            case .literal(let text): guard text.utf8.elementsEqual(given.utf8) else { return nil }
            case .parameter(let name):
                guard !given.isEmpty else { return nil }
                values.append((name: name, value: String(given)))
            }
        }
        return values
    }

    /// Whether this one is to be asked before another: it has a literal where the other first has a parameter.
    func precedes(_ other: RoutePath) -> Bool {
        for (own, others) in zip(segments, other.segments) {
            switch (own, others) {
            case (.literal, .parameter): return true
            case (.parameter, .literal): return false
            case (.literal, .literal), (.parameter, .parameter): continue
            }
        }
        return false
    }

    /// Whether a path is just this text.
    func equals(_ path: String) -> Bool { text.utf8.elementsEqual(path.utf8) }

    /// What stands between the slashes, without the empty text before the first; nil where a path begins with another byte.
    package static func split(_ path: String) -> [Substring]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        return path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
            .map { Substring($0) }
    }
}
