internal import Yams

/// A settings file: its keys with their lines, and what is wrong with its form.
struct SettingsFile {
    /// As it was named.
    let path: String
    /// In the order of the file. A key that is given twice is here twice.
    private(set) var entries: [(setting: Setting, input: SettingInput, line: Int?)] = []
    /// Problems of form; those of the values are found by whoever assigns them.
    private(set) var problems: [SettingsProblem] = []

    private static let maximumBytes = 65_536
    private static let settings = Dictionary(uniqueKeysWithValues: Settings.table.map { ($0.name, $0) })
    private static let groups = Set(settings.keys.compactMap { $0.split(separator: ".").first.map(String.init) })
        .subtracting(settings.keys)

    /// Reads a file. An absent one that may be absent has no keys and no problems.
    init(path: String, mayBeAbsent: Bool) {
        self.path = path
        do throws(FileFault) {
            let file = try BoundedFile(path: path, maximumBytes: Self.maximumBytes, isSecret: false)
            file.withSpan { read($0) }
        } catch {
            if error != .absent || !mayBeAbsent { report(.unreadable(error), nil, line: nil) }
        }
    }

    /// Reads what stands in a file of this name.
    init(path: String, bytes: borrowing Span<UInt8>) {
        self.path = path
        read(bytes)
    }

    private mutating func read(_ bytes: borrowing Span<UInt8>) {
        guard let text = try? String(copying: UTF8Span(validating: copy bytes)) else {
            report(.notUTF8, nil, line: nil)
            return
        }
        var document = MarkedYAML(text)
        do throws(YAMLFault) {
            guard let root = try document.compose() else { return }
            readGroup(root, named: nil, line: nil, document)
        } catch {
            report(.syntax(error.problem), nil, line: error.line)
        }
    }

    private mutating func readGroup(_ node: Node, named group: String?, line: Int?, _ document: MarkedYAML) {
        guard let mapping = node.mapping else {
            // A group whose settings are all commented out is empty, as an empty file is.
            if !isEmpty(node) { report(.notAGroup, group, line: line) }
            return
        }
        var firstLines: [String: Int] = [:]
        for (key, value) in mapping {
            let line = key.mark?.line
            guard let key = key.scalar?.string else {
                report(.notOneValue, group, line: line)
                continue
            }
            let own = document.unmarked(key)
            let name = group.map { "\($0).\(own)" } ?? own
            if let first = firstLines[name] { report(.duplicate(firstLine: first), name, line: line) }
            firstLines[name] = firstLines[name] ?? line
            readKey(own, name, value, line: line, isOutermost: group == nil, document)
        }
    }

    private mutating func readKey(
        _ key: String, _ name: String, _ value: Node, line: Int?, isOutermost: Bool, _ document: MarkedYAML
    ) {
        if isOutermost, Self.groups.contains(key) {
            readGroup(value, named: key, line: line, document)
        } else if key.contains("."), Self.settings[name] != nil {
            report(.dottedKey, name, line: line)
        } else if let setting = Self.settings[name] {
            guard let scalar = value.scalar else {
                report(.notOneValue, name, line: line)
                return
            }
            guard !isEmpty(value) else {
                report(.missingValue, name, line: line)
                return
            }
            entries.append((setting, .text(scalar.string, isQuoted: scalar.style != .plain), line))
        } else {
            report(.unknown(meant: nearest(to: name, among: Self.settings.keys)), name, line: line)
        }
    }

    /// YAML's ways to write nothing (YAML 1.2.2 §10.3.2).
    private func isEmpty(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    private mutating func report(_ reason: SettingsProblem.Reason, _ setting: String?, line: Int?) {
        problems.append(SettingsProblem(origin: .file(path, line: line), setting: setting, reason: reason))
    }
}
