/// A name that an account can have.
package struct Username: Sendable, Equatable, CustomStringConvertible {
    /// 64 code points of up to four bytes.
    package static let maximumCodePoints = 64

    /// What compatibility characters may grow to: ﷺ alone becomes 18 code points.
    package static let maximumCanonicalCodePoints = 256

    /// As registered, for showing.
    package let shown: String

    /// What decides identity; see ``CanonicalForm``.
    package let canonical: String

    /// Reads a name under the rules of the HTTP contract: 1 to 64 code points, no control, format or unassigned ones, no
    /// outer white space, no `:` (which ends the name in RFC 7617 §2). The canonical form must keep the same rules.
    ///
    /// - Throws: all faults at once.
    package init(parsing text: String) throws(InvalidUsername) {
        // Before anything is counted or normalised: a longer one has too many code points in any case.
        guard text.utf8.count <= 4 * Self.maximumCodePoints else { throw InvalidUsername(faults: [.tooLong]) }
        var faults = Self.faults(of: text, maximumCodePoints: Self.maximumCodePoints)
        let canonical = CanonicalForm.apply(to: Array(text.utf8).span).map { String(decoding: $0, as: UTF8.self) }
        guard let canonical else { throw InvalidUsername(faults: [.unassignedCharacter]) }
        if faults.isEmpty {
            faults = Self.faults(of: canonical, maximumCodePoints: Self.maximumCanonicalCodePoints)
        }
        guard faults.isEmpty else { throw InvalidUsername(faults: faults) }
        self.shown = text
        self.canonical = canonical
    }

    /// The form as registered; any script, so whoever writes it to a log or header encodes it.
    package var description: String { shown }

    package static func == (left: Username, right: Username) -> Bool {
        left.canonical.utf8.elementsEqual(right.canonical.utf8)
    }

    private static func faults(of text: String, maximumCodePoints: Int) -> [UsernameFault] {
        let codePoints = text.unicodeScalars
        guard let first = codePoints.first, let last = codePoints.last else { return [.empty] }
        var faults: [UsernameFault] = []
        if codePoints.count > maximumCodePoints { faults.append(.tooLong) }
        let classes = codePoints.map(CodePointClass.init)
        if classes.contains(.control) { faults.append(.controlCharacter) }
        if classes.contains(.format) { faults.append(.formatCharacter) }
        if classes.contains(.unassigned) { faults.append(.unassignedCharacter) }
        if first.properties.isWhitespace || last.properties.isWhitespace { faults.append(.outerWhiteSpace) }
        if codePoints.contains(":") { faults.append(.colon) }
        return faults
    }
}
