/// What a file of `/etc/php/*/fpm/pool.d` says of its pools.
package struct PHPPoolFile: Sendable {
    /// A pool's name with the user and the group that it names.
    package struct Entry: Sendable, Equatable {
        package let name: String
        package var user: String?
        package var group: String?
    }

    package private(set) var pools: [Entry] = []

    /// Reads the INI form: sections in brackets, `;` and `#` begin comments.
    package init(reading text: String) {
        for line in text.split(separator: "\n") {
            let content = line.prefix { $0 != ";" && $0 != "#" }.trimmed
            if content.hasPrefix("["), content.hasSuffix("]") {
                pools.append(Entry(name: String(content.dropFirst().dropLast()), user: nil, group: nil))
                continue
            }
            guard let equals = content.firstIndex(of: "="), !pools.isEmpty else { continue }
            let value = String(
                content[content.index(after: equals)...].trimmed.drop { $0 == "\"" }.prefix { $0 != "\"" })
            switch content[..<equals].trimmed {
            case "user": pools[pools.count - 1].user = value
            case "group": pools[pools.count - 1].group = value
            default: break
            }
        }
        // The section of the master process is no pool.
        pools.removeAll { $0.name == "global" }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = drop(while: \.isWhitespace)
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
