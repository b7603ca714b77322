internal import Yams

/// A YAML document in which keys may stand twice.
///
/// Yams gives up at the first such key. We want to tell about all of them, and about everything else that is wrong in
/// the same file: so the earlier of two equal keys gets a mark that makes it another key, and Yams is asked again.
struct MarkedYAML {
    /// A character for private use that YAML allows. Nobody's setting has it in its name.
    private static let mark: Unicode.Scalar = "\u{E000}"
    /// Each repetition costs one more parse.
    private static let maximumMarks = 64

    private var lines: [String]
    private var marks = 0
    /// A text that brings the character along cannot be marked with it.
    private let canMark: Bool

    init(_ text: String) {
        canMark = !text.unicodeScalars.contains(Self.mark)
        // A scalar at a time: together with the one before it, the end of a line is another character.
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    /// The outermost node; nothing for an empty document.
    mutating func compose() throws(YAMLFault) -> Node? {
        while true {
            do {
                // The default encoding would be asked of an environment variable.
                return try Yams.Parser(yaml: lines.joined(separator: "\n"), encoding: .utf8).singleRoot()
            } catch let YamlError.duplicatedKeysInMapping(_, context) where markKey(at: context.mark) {
                continue
            } catch {
                throw YAMLFault(error)
            }
        }
    }

    /// A key as it was written.
    func unmarked(_ key: String) -> String {
        canMark ? String(key.unicodeScalars.drop { $0 == Self.mark }) : key
    }

    /// Marks the key that begins here; false where it is written in a way that has no room for a mark.
    private mutating func markKey(at position: Mark) -> Bool {
        guard canMark, marks < Self.maximumMarks, lines.indices.contains(position.line - 1) else { return false }
        var line = Array(lines[position.line - 1].unicodeScalars)
        var column = position.column - 1
        if line.indices.contains(column), line[column] == "\"" || line[column] == "'" { column += 1 }
        guard line.indices.contains(column), line[column].properties.isAlphabetic || line[column] == Self.mark else {
            return false
        }
        marks += 1
        line.insert(contentsOf: repeatElement(Self.mark, count: marks), at: column)
        var marked = String.UnicodeScalarView()
        marked.append(contentsOf: line)
        lines[position.line - 1] = String(marked)
        return true
    }
}
