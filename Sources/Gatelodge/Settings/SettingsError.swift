/// Everything that is wrong with the settings at once, so that one start shows all of it.
public struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Never empty. Those of the file come first, by line, then those of the environment, by name.
    public let problems: [SettingsProblem]

    init(_ problems: [SettingsProblem]) {
        self.problems = problems.sorted { Self.key(of: $0) < Self.key(of: $1) }
    }

    /// One line for each.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }

    private static func key(of problem: SettingsProblem) -> (Int, Int, String) {
        switch problem.origin {
        case .file(_, let line): (0, line ?? 0, problem.description)
        case .environment(let variable): (1, 0, variable)
        }
    }
}
