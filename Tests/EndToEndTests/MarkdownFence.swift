import Foundation

/// A fenced block of a page (CommonMark 0.31 §4.5).
struct MarkdownFence {
    /// The page's path in the checkout.
    let page: String
    /// The number of its first line, which has the fence itself.
    let line: Int
    /// The word behind the fence; empty where there is none.
    let language: String
    /// What stands in it, without the indentation of the fence.
    let text: String
    /// What a comment such as `<!-- not run: needs root -->` in the line before it says.
    let reasonNotToRun: String?

    /// All blocks of a page.
    static func read(_ text: String, page: String) -> [MarkdownFence] {
        var fences: [MarkdownFence] = []
        var open: (line: Int, indentation: Int, language: String, reason: String?, body: [Substring])?
        var before: Substring = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.drop { $0 == " " }
            if var block = open {
                if content == "```" {
                    fences.append(
                        MarkdownFence(
                            page: page, line: block.line, language: block.language,
                            text: block.body.joined(separator: "\n"), reasonNotToRun: block.reason))
                    open = nil
                } else {
                    block.body.append(line.dropFirst(min(block.indentation, line.count - content.count)))
                    open = block
                }
            } else if content.hasPrefix("```") {
                let language = content.dropFirst(3).trimmingCharacters(in: .whitespaces)
                open = (index + 1, line.count - content.count, language, reason(in: before), [])
            }
            before = content
        }
        return fences
    }

    private static func reason(in line: Substring) -> String? {
        guard line.hasPrefix("<!-- not run: "), line.hasSuffix(" -->") else { return nil }
        return String(line.dropFirst("<!-- not run: ".count).dropLast(" -->".count))
    }
}
