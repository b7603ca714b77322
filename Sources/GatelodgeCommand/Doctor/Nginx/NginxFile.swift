/// One file of nginx's configuration.
package struct NginxFile: Sendable {
    package let path: String
    package let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// The files that `nginx -T` prints, the main one first; empty where the text is no such print.
    package static func files(inDump text: String) -> [NginxFile] {
        let marker = "# configuration file "
        var files: [NginxFile] = []
        var path: String?
        var lines: [Substring] = []
        func end() {
            if let path { files.append(NginxFile(path: path, text: lines.joined(separator: "\n"))) }
            lines = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(marker), line.hasSuffix(":") {
                end()
                path = String(line.dropFirst(marker.count).dropLast())
            } else {
                lines.append(line)
            }
        }
        end()
        return files
    }
}
