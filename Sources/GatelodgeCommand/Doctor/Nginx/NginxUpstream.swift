/// Where a `fastcgi_pass` leads.
struct NginxUpstream {
    /// As it is written.
    let name: String

    /// The block of that name; `nil` where the address itself is written.
    let block: NginxDirective?

    init(_ target: String, in configuration: [NginxScope]) {
        name = target
        block =
            configuration.first { $0.block.name == "upstream" && $0.block.argument == target }?.block
    }

    /// The paths of its unix sockets.
    var socketPaths: [String] {
        let addresses = block.map { ($0.block ?? []).filter { $0.name == "server" }.map(\.argument) } ?? [name]
        return addresses.filter { $0.hasPrefix("unix:") }.map { String($0.dropFirst(5)) }
    }

    /// Whether it is Gatelodge's.
    func isGatelodge(socketPath: String?) -> Bool {
        name == "gatelodge"
            || socketPaths.contains { path in
                path.split(separator: "/").last?.contains("gatelodge") == true || path == socketPath
            }
    }

    /// Whether the name is one of an upstream, and there is none.
    var isMissing: Bool {
        block == nil && !name.hasPrefix("unix:") && !name.contains(":") && !name.contains(".") && !name.contains("$")
    }
}
