internal import ArgumentParser
internal import Gatelodge
internal import Supervision

/// `gatelodge stop`
struct StopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stop the running instance once it has answered what it accepted.")

    @OptionGroup var settings: SettingsOptions

    func run() throws {
        let settings = try settings.loadForSupervision()
        _ = try ControlQuestion.stop.ask(settings, within: settings.shutdown.deadline + .seconds(30))
    }
}
