import Foundation
import TestSupport

/// How a command of `gatelodge` ended and what it said.
struct CommandResult {
    let status: Int32
    let text: String
    let errors: String

    init(_ arguments: [String], in folder: URL, settings: [String: String] = [:], input: String = "") throws {
        let child = try Child(
            Site.binary, arguments, environment: Site.environment.merging(settings) { $1 }, folder: folder,
            input: [UInt8](input.utf8))
        self.init(child)
    }

    /// Of one that was started otherwise; waits for its end.
    init(_ child: Child) {
        status = child.status()
        text = child.text
        errors = child.errors
    }

    /// The output of a command that must succeed, without the newline at its end.
    var output: String {
        get throws {
            guard status == 0 else { throw Site.Failure(description: "the command failed: \(errors)") }
            return text.trimmingCharacters(in: .newlines)
        }
    }

    /// The lines of a list, each as its columns.
    var rows: [[String]] {
        text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
}
