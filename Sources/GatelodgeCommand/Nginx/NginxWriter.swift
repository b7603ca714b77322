internal import Embedded

/// Writes parts of nginx's configuration for one instance: the files of nginx/, with what they include in its place.
package struct NginxWriter: Sendable {
    /// Where the instance listens, absolute.
    package let socketPath: String
    /// The setting `prefix`.
    package let prefix: String
    /// Whether nginx must show a key.
    package let needsKey: Bool
    /// How many passwords the machine hashes in a second; only the limits need it.
    package let hashesPerSecond: Double

    package init(socketPath: String, prefix: String, needsKey: Bool, hashesPerSecond: Double) {
        self.socketPath = socketPath
        self.prefix = prefix
        self.needsKey = needsKey
        self.hashesPerSecond = hashesPerSecond
    }

    /// The whole text of a part.
    package func text(of part: NginxPart) -> String {
        let title = "# Written by `gatelodge nginx \(part.rawValue)` \(Version.current), for "
        guard part == .all else {
            return title + "`\(part.context)`: \(part.purpose).\n\n" + lines(of: part).joined(separator: "\n") + "\n"
        }
        let head = [title + "`http`: a whole site. Name, TLS and the site's own locations are yours to add.", ""]
        let server = [NginxPart.public, .verify, .admin, .status].flatMap { lines(of: $0) + [""] }.dropLast()
        let all =
            head + lines(of: .http) + [""] + lines(of: .limits) + ["", "server {", "    listen 80;", ""]
            + indented(Array(server)) + ["}"]
        return all.joined(separator: "\n") + "\n"
    }

    private func lines(of part: NginxPart) -> [String] {
        guard let file = part.file(prefix: prefix) else { return [] }
        // The comments of a file that is included many times stand where it is included first.
        var known: Set<String> = []
        return expanded(file, &known)
    }

    private func expanded(_ name: String, _ known: inout Set<String>) -> [String] {
        guard let text = EmbeddedFile.nginx(name) else { preconditionFailure("nginx/\(name) is not embedded") }
        let isNew = known.insert(name).inserted
        var result: [String] = []
        for line in adapted(Self.body(text)).split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.contains("gatelodge-key[.]conf") {
                // The comment above is about this line alone.
                if needsKey { result.append(line) } else if isNew { result.removeLast() }
                continue
            }
            let isComment = line.drop { $0 == " " }.hasPrefix("#")
            guard !isComment, let include = Self.include(in: line) else {
                if isNew || !(isComment || line.isEmpty) { result.append(line) }
                continue
            }
            let inner = expanded(include.name, &known)
            let isAlone = include.before.allSatisfy { $0 == " " }
            result += isAlone ? inner.map { $0.isEmpty ? "" : include.before + $0 } : [include.before] + indented(inner)
            if !include.after.isEmpty { result.append(include.after) }
        }
        return result
    }

    /// What the settings say in place of what the files say.
    private func adapted(_ text: String) -> String {
        let own = prefix.dropFirst()
        let expression = own.replacing(".", with: "\\.")
        return text.replacing("unix:/run/gatelodge/gatelodge.sock", with: quoted("unix:" + socketPath))
            .replacing("^~ /api/admin/", with: "^~ \(prefix)admin/").replacing("^~ /auth/", with: "^~ \(prefix)")
            .replacing("(?:api/|auth/)?", with: "(?:\(expression))?").replacing("(?:api|auth)/", with: expression)
            .replacing("rate=5r/s", with: "rate=\(loginsPerSecond)r/s")
            .replacing("burst=50", with: "burst=\(loginsPerSecond * 10)")
    }

    /// What one address may have of the machine: a tenth.
    private var loginsPerSecond: Int { max(1, Int(hashesPerSecond / 10)) }

    /// A word as nginx reads it, whatever a path holds.
    private func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ":/._-".contains($0)) }
        return isPlain ? word : "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private func indented(_ lines: [String]) -> [String] { lines.map { $0.isEmpty ? "" : "    " + $0 } }

    /// A file without the comment at its head, which says how to include it, and without the newline at its end.
    private static func body(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.drop { $0.hasPrefix("#") }.drop { $0.isEmpty }.joined(separator: "\n").trimmed
    }

    /// The file of ours that a line includes, and what stands around that.
    private static func include(in line: String) -> (name: String, before: String, after: String)? {
        guard let start = line.firstRange(of: "include gatelodge/"), let end = line.firstRange(of: ";") else {
            return nil
        }
        let (before, after) = (line[..<start.lowerBound], line[end.upperBound...].drop { $0 == " " })
        let isAlone = before.allSatisfy { $0 == " " }
        return (
            String(line[start.upperBound..<end.lowerBound]), isAlone ? String(before) : String(before.trimmed),
            String(after)
        )
    }
}

extension StringProtocol {
    /// Without the blanks and newlines at its end.
    fileprivate var trimmed: String {
        String(String(reversed().drop { $0 == " " || $0 == "\n" }).reversed())
    }
}
