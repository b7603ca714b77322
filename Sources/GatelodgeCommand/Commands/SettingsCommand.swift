internal import ArgumentParser
internal import Gatelodge
internal import Glibc

/// `gatelodge settings`: what can be set.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "List every setting with its default.")

    @Flag(help: "Print the reference page in Markdown.")
    var markdown = false

    @Flag(help: "Print them as JSON.")
    var json = false

    func validate() throws {
        if markdown, json { throw ValidationError("--markdown and --json exclude each other") }
    }

    func run() throws {
        if json { return print(try Settings.table.map(Entry.init).json()) }
        writeAll(markdown ? Settings.markdownReference : Settings.textReference, to: STDOUT_FILENO)
    }

    private struct Entry: Encodable {
        let name: String
        let variable: String
        let type: String
        let unit: String?
        let accepted: String
        /// As it would be written; absent where the default is no value.
        let `default`: String?
        let meaning: String

        init(_ setting: Setting) {
            name = setting.name
            variable = setting.variable
            type = setting.type
            unit = setting.unit
            accepted = setting.expected
            `default` = setting.hasDefault ? setting.fallback : nil
            meaning = setting.documentation
        }
    }
}
