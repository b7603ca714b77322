internal import FastCGI
internal import HTTPTypes

/// The routes of one surface: whole paths first, then those with parameters.
struct RouteTable: Sendable {
    typealias Methods = [HTTPRequest.Method: Route]

    private var exact: [String: (path: RoutePath, methods: Methods)] = [:]
    private var patterns: [(path: RoutePath, methods: Methods)] = []

    /// - Precondition: the path has no handler for this method yet, and its parameters the names that they have for others.
    mutating func add(_ method: HTTPRequest.Method, _ path: RoutePath, _ route: Route) {
        let previous: Route?
        if !path.hasParameters {
            previous = exact[path.text, default: (path, [:])].methods.updateValue(route, forKey: method)
        } else if let index = patterns.firstIndex(where: { $0.path.shape == path.shape }) {
            precondition(patterns[index].path.text == path.text, "\(path.text) has other names for the same segments")
            previous = patterns[index].methods.updateValue(route, forKey: method)
        } else {
            let index = patterns.firstIndex { path.precedes($0.path) } ?? patterns.endIndex
            patterns.insert((path, [method: route]), at: index)
            previous = nil
        }
        precondition(previous == nil, "\(method) \(path.text) has two handlers")
    }

    /// What stands at a path, and the values of its parameters.
    func find(_ path: String) -> (methods: Methods, values: [(name: String, value: String)])? {
        if let route = exact[path], route.path.equals(path) { return (route.methods, []) }
        guard !patterns.isEmpty, let segments = RoutePath.split(path) else { return nil }
        for pattern in patterns {
            if let values = pattern.path.match(segments) { return (pattern.methods, values) }
        }
        return nil
    }
}
