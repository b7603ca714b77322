internal import Gatelodge

/// Settings that are read say the same when they are written as variables; and what is wrong is told on one line each, with a
/// line that the file has.
func fuzzSettings(_ bytes: borrowing Span<UInt8>) {
    // YAML 1.1 §5.4 ends lines in more ways than one.
    let text = String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
    let lines = text.count { $0.isNewline } + 1
    let settings: Settings
    do throws(SettingsError) {
        settings = try Settings.read(bytes)
    } catch {
        precondition(!error.problems.isEmpty, "settings are refused for no reason")
        for problem in error.problems {
            if case .file(_, let line?) = problem.origin {
                // A fault at the end of the text is behind its last line.
                precondition((1...lines + 1).contains(line), "a problem on a line that is not there")
            }
            let words = problem.description
            precondition(!words.contains { $0.isNewline }, "a problem is told on two lines")
            precondition(words.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "control characters")
        }
        return
    }
    var variables: [String: String] = [:]
    for setting in Settings.table {
        let written = setting.mark(in: settings)
        if !written.isEmpty { variables[setting.variable] = written }
    }
    do throws(SettingsError) {
        let again = try Settings.load(environment: .values(variables))
        precondition(
            Settings.table.allSatisfy { $0.mark(in: again) == $0.mark(in: settings) }, "settings change when written")
    } catch {
        preconditionFailure("settings that were read are refused when written: \(error)")
    }
}
