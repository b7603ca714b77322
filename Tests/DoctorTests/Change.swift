import GatelodgeCommand
import Testing

/// A fact changed, and what is found then; nothing is found where none is changed.
struct Change<Facts: Sendable>: Sendable, CustomTestStringConvertible {
    let code: String
    let severity: Finding.Severity
    let change: @Sendable (inout Facts) -> Void

    init(_ code: String, _ severity: Finding.Severity, _ change: @escaping @Sendable (inout Facts) -> Void) {
        self.code = code
        self.severity = severity
        self.change = change
    }

    var testDescription: String { code }

    /// The change gives this finding alone, and without it there is none.
    func expectAlone(in sound: Facts, _ examine: (Facts) -> [Finding]) throws {
        #expect(examine(sound) == [])
        var changed = sound
        change(&changed)
        let found = examine(changed)
        #expect(found.map(\.code) == [code])
        let finding = try #require(found.first)
        #expect(finding.severity == severity && finding.sentence.hasSuffix(".") && !finding.remedy.isEmpty)
    }
}
