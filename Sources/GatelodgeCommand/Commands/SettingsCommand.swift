internal import ArgumentParser
internal import Gatelodge
internal import Glibc

/// `gatelodge settings`: what can be set.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "List every setting with its default.")

    @Flag(help: "Print the reference page in Markdown.")
    var markdown = false

    func run() {
        writeAll(markdown ? Settings.markdownReference : Settings.textReference, to: STDOUT_FILENO)
    }
}
