/// A block of nginx's configuration with those around it, from which it inherits.
struct NginxScope {
    /// The outermost first.
    let blocks: [NginxDirective]

    /// The innermost.
    var block: NginxDirective { blocks[blocks.count - 1] }

    /// Those in the block itself.
    func own(_ name: String) -> [NginxDirective] { (block.block ?? []).filter { $0.name == name } }

    /// Those of the innermost block that has any, as nginx inherits them: one alone hides all of those around.
    func inherited(_ name: String) -> [NginxDirective] {
        for block in blocks.reversed() {
            let found = (block.block ?? []).filter { $0.name == name }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// The value that a FastCGI parameter has here.
    func parameter(_ name: String) -> String? {
        inherited("fastcgi_param").last { $0.argument == name }.map { $0.arguments.count > 1 ? $0.arguments[1] : "" }
    }

    func isOn(_ name: String) -> Bool { inherited(name).last?.argument == "on" }

    /// A `location` that requests from outside do not reach.
    var isInternal: Bool { block.argument.hasPrefix("@") || !own("internal").isEmpty }

    /// Every block of a configuration, with those around it.
    static func all(in configuration: NginxConfiguration) -> [NginxScope] {
        let root = NginxDirective(name: "", arguments: [], block: configuration.directives, place: "")
        var scopes: [NginxScope] = []
        func visit(_ blocks: [NginxDirective]) {
            let scope = NginxScope(blocks: blocks)
            scopes.append(scope)
            for directive in scope.block.block ?? [] where directive.block != nil { visit(blocks + [directive]) }
        }
        visit([root])
        return scopes
    }
}
