internal import Authentication
internal import Embedded
internal import JSON
internal import Threading
internal import Yams

/// docs/openapi.yaml as JSON, with the paths and methods that one application has.
final class APIDescription: Sendable {
    /// What is sent.
    struct Document: Sendable {
        let bytes: [UInt8]
        let entityTag: String
    }

    private let prefix: String
    private let metrics: InstanceMetrics
    private let made = Locked<Document?>(nil)

    /// - Parameter metrics: what knows all routes once requests come.
    init(prefix: String, metrics: InstanceMetrics) {
        self.prefix = prefix
        self.metrics = metrics
    }

    /// Made when it is first asked for, which takes 25 ms once: a CGI process seldom is, and by then all routes have been
    /// added.
    var document: Document {
        if let document = made.withLock({ $0 }) { return document }
        let bytes = JSONValue.object(described(Self.whole)).serialized()
        let document = Document(bytes: bytes, entityTag: EntityTag.of(bytes))
        made.withLock { $0 = document }
        return document
    }

    private static var whole: JSONObject {
        guard let root = try? Parser(yaml: EmbeddedFile.openAPI, encoding: .utf8).singleRoot(),
            let object = JSONValue(root).objectValue
        else { preconditionFailure("docs/openapi.yaml is no YAML; a test reads it") }
        return object
    }

    private func described(_ whole: JSONObject) -> JSONObject {
        var described = whole
        var paths = JSONObject()
        let routes = Set(metrics.routeNames.map { Operation(path: $0.route, method: $0.method) })
        for path in whole["paths"]?.objectValue?.members ?? [] {
            let own = path.name.hasPrefix("/api/") ? prefix + path.name.dropFirst("/api/".count) : path.name
            var methods = JSONObject()
            for method in path.value.objectValue?.members ?? []
            where routes.contains(Operation(path: own, method: method.name.uppercased())) {
                methods[method.name] = method.value
            }
            if !methods.members.isEmpty { paths[own] = .object(methods) }
        }
        described["paths"] = .object(paths)
        return described
    }

    private struct Operation: Hashable {
        let path: String
        let method: String
    }
}
