/// What cannot be loaded, and what does not go together.
package enum SettingsExaminer {
    /// - Parameter problems: what loading the settings complained of, one line each.
    package static func examine(problems: [String]) -> [Finding] {
        problems.map { problem in
            Finding(
                .error, "settings_refused", "\(problem).",
                remedy: "gatelodge settings lists every setting with its default; docs/settings.md explains them.")
        }
    }
}
