/// One thing that is wrong with the settings, where it stands and why.
public struct SettingsProblem: Sendable, Equatable, CustomStringConvertible {
    /// Where it was read.
    public let origin: Origin
    /// The dotted name of the setting, as far as there is one.
    public let setting: String?
    /// Why it cannot stand.
    public let reason: Reason

    /// Where a value was read.
    public enum Origin: Sendable, Equatable {
        /// A line of the settings file, counted from one; no line where the whole file is meant.
        case file(String, line: Int?)
        /// A variable of the environment.
        case environment(String)
    }

    /// Why something cannot stand.
    public enum Reason: Error, Sendable, Equatable {
        /// There is no such setting; perhaps another one was meant.
        case unknown(meant: String?)
        /// The file nests its keys, so that each group stands once.
        case dottedKey
        /// The same key stands above.
        case duplicate(firstLine: Int)
        /// The key has no value.
        case missingValue
        /// A list or a group of keys where one value belongs.
        case notOneValue
        /// One value where keys belong.
        case notAGroup
        /// Not a value of the setting's type or not within its bounds.
        case malformed(value: String, expected: String)
        /// Not readable as text.
        case notUTF8
        /// A cost that only tests may have.
        case insecureCost(Int)
        /// A secret in the settings file, which more people read than should.
        case secretInFile(insteadUse: String, orVariable: String)
        /// A secret that could be tried out.
        case secretTooShort(bytes: Int, minimum: Int)
        /// A secret and its file are both given.
        case alsoGiven(setting: String, Origin)
        /// A file that cannot be read.
        case unreadable(FileFault)
        /// The file that a secret should come from cannot be read.
        case unreadableSecret(path: String, FileFault)
        /// Not YAML.
        case syntax(String)
    }

    /// `where: setting: why`, on one line.
    public var description: String {
        [origin.description, setting, reason.description].compactMap { $0 }.joined(separator: ": ")
    }
}

extension SettingsProblem.Origin: CustomStringConvertible {
    /// As compilers write it, so that editors can jump there.
    public var description: String {
        switch self {
        case .file(let path, let line?): "\(path):\(line)"
        case .file(let path, nil): path
        case .environment(let variable): variable
        }
    }
}

extension SettingsProblem.Reason: CustomStringConvertible {
    /// One sentence without its full stop.
    public var description: String {
        switch self {
        case .unknown(let meant?): "there is no such setting; did you mean \(meant)?"
        case .unknown(nil): "there is no such setting; `gatelodge settings` lists them"
        case .dottedKey: "keys are nested, not dotted: write the part before each dot on a line of its own"
        case .duplicate(let line): "is given twice, first on line \(line)"
        case .missingValue: "has no value"
        case .notOneValue: "must be a single value"
        case .notAGroup: "is a group: its settings belong on indented lines below it"
        case .malformed(let value, let expected): "must be \(expected); it is \(printable(value))"
        case .notUTF8: "is not UTF-8"
        case .insecureCost(let cost): "\(cost) is below 10, which needs password.insecure_cost: true"
        case .secretInFile(let setting, let variable): "must not stand in this file: use \(setting) or \(variable)"
        case .secretTooShort(let bytes, let minimum): "has \(bytes) bytes and needs at least \(minimum)"
        case .alsoGiven(let setting, let origin): "\(setting) is given as well (\(origin)); only one of them can hold"
        case .unreadable(let fault): fault.description
        case .unreadableSecret(let path, let fault): "\(printable(path)) \(fault)"
        case .syntax(let problem): "is not YAML: \(problem)"
        }
    }

    /// A value of the operator's, on one line, whatever it holds.
    private func printable(_ value: String) -> String {
        let shown = value.unicodeScalars.prefix(60).map { scalar in
            scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                ? scalar.escaped(asASCII: true) : String(scalar)
        }
        return "\"" + shown.joined() + (value.unicodeScalars.count > 60 ? "…\"" : "\"")
    }
}
