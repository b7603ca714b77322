/// Commands of a page that are run together, and what they print.
struct DocumentedStep {
    /// The page and the line.
    let place: String
    let commands: String
    /// What a block `console` shows behind the commands. Where it is nil they have to succeed instead.
    let expected: String?

    /// A block `sh` is one step; a block `console` has one for each line that begins with `$ `.
    static func steps(of fence: MarkdownFence) -> [DocumentedStep] {
        guard fence.language == "console" else {
            return [DocumentedStep(place: "\(fence.page):\(fence.line)", commands: fence.text, expected: nil)]
        }
        var steps: [DocumentedStep] = []
        for (index, line) in fence.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("$ ") {
                let place = "\(fence.page):\(fence.line + 1 + index)"
                steps.append(DocumentedStep(place: place, commands: String(line.dropFirst(2)), expected: ""))
            } else if let last = steps.popLast() {
                let expected = (last.expected ?? "") + line + "\n"
                steps.append(DocumentedStep(place: last.place, commands: last.commands, expected: expected))
            }
        }
        return steps
    }

    /// Whether what was printed is what the page shows: `…` stands for anything, and ids, times and tokens for each other.
    func isShown(by output: String) -> Bool {
        guard let expected else { return true }
        var rest = Self.masked(output)[...]
        let parts = Self.masked(expected).split(separator: "…", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, index > 0 { return rest.hasSuffix(part) }
            guard let found = rest.firstRange(of: part), index > 0 || found.lowerBound == rest.startIndex else {
                return false
            }
            rest = rest[found.upperBound...]
        }
        return rest.isEmpty
    }

    /// With one word for each id, time and token.
    private static func masked(_ text: String) -> String {
        text.split(separator: "\n").map { line in
            line.replacing(#/\d{4}-\d\d-\d\dT[0-9:.]+Z/#, with: "TIME")
                .replacing(#/(gl[a-z]_)?[A-Za-z0-9_-]{20,}(\.[A-Za-z0-9_-]{20,}){0,2}/#) { ($0.output.1 ?? "") + "ID" }
                .trimmingPrefix(while: { $0 == " " })
        }.joined(separator: "\n")
    }
}
