/// What the doctor found, and what to do about it.
package struct Finding: Sendable, Hashable, Encodable {
    /// How much it matters.
    package enum Severity: String, Sendable, Encodable {
        /// It works, and not as well or as safely as it could.
        case warning
        /// It does not work, or somebody can get in.
        case error
    }

    package let severity: Severity

    /// A name that stays the same, for programs and for docs/troubleshooting.md.
    package let code: String

    /// A file with its line, or a path; absent where it is the machine.
    package let place: String?

    /// One sentence each.
    package let sentence: String
    package let remedy: String

    package init(_ severity: Severity, _ code: String, at place: String? = nil, _ sentence: String, remedy: String) {
        self.severity = severity
        self.code = code
        self.place = place
        self.sentence = sentence
        self.remedy = remedy
    }
}
