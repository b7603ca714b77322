internal import ArgumentParser
internal import FastCGI
internal import Gatelodge

/// `gatelodge serve`: a socket of our own.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve on the socket of the settings until SIGTERM or Ctrl-C.")

    @OptionGroup var settings: SettingsOptions

    func run() throws {
        let settings = try settings.load()
        do throws(StartError) {
            try Application.ofCommand(settings).serve(
                .unix(path: settings.socket.path, mode: settings.socket.mode, group: settings.socket.group))
        } catch {
            throw failure(error.description)
        }
    }
}
