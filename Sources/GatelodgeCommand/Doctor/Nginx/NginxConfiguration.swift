internal import Glibc

/// All directives of an nginx, with those of included files in the place of the `include`.
package struct NginxConfiguration: Sendable {
    package private(set) var directives: [NginxDirective]

    /// Files that include one another end somewhere.
    private static let maximumIncludeDepth = 16

    /// - Parameters:
    ///   - root: the main file, or a part of one such as a `server`.
    ///   - files: those that may be included, by the paths that they have for nginx.
    package init(root: NginxFile, including files: (_ pattern: String) -> [NginxFile]) throws(NginxFault) {
        let folder = root.path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        directives = try Self.expand(try NginxReader.read(root), folder: folder, depth: 0, files)
    }

    /// What `nginx -T` prints.
    package init(dump files: [NginxFile]) throws(NginxFault) {
        guard let root = files.first else { throw NginxFault(place: "nginx -T", reason: "it prints no file") }
        try self.init(root: root) { pattern in
            files.filter { unsafe fnmatch(pattern, $0.path, FNM_PATHNAME) == 0 }
        }
    }

    /// The user that the workers run as, and the group where one is named; `nil` where nothing says so.
    package var workerUser: (name: String, group: String?)? {
        guard let user = directives.last(where: { $0.name == "user" }), !user.argument.isEmpty else { return nil }
        return (user.argument, user.arguments.count > 1 ? user.arguments[1] : nil)
    }

    /// Adds another one's directives, as of a second file that was named.
    package mutating func append(_ other: NginxConfiguration) { directives += other.directives }

    private static func expand(
        _ directives: [NginxDirective], folder: String, depth: Int, _ files: (String) -> [NginxFile]
    ) throws(NginxFault) -> [NginxDirective] {
        var expanded: [NginxDirective] = []
        for var directive in directives {
            if directive.name == "include", let pattern = directive.arguments.first {
                guard depth < maximumIncludeDepth else {
                    throw NginxFault(place: directive.place, reason: "files include one another without end")
                }
                let path = pattern.hasPrefix("/") ? pattern : "\(folder)/\(pattern)"
                for file in files(path) {
                    expanded += try expand(try NginxReader.read(file), folder: folder, depth: depth + 1, files)
                }
                continue
            }
            if let block = directive.block {
                directive.block = try expand(block, folder: folder, depth: depth, files)
            }
            expanded.append(directive)
        }
        return expanded
    }
}
