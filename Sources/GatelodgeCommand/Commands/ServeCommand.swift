internal import ArgumentParser
internal import Authentication
internal import FastCGI
internal import Gatelodge
internal import Supervision

/// `gatelodge serve`: a socket of our own.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve on the socket of the settings until SIGTERM or Ctrl-C.")

    @OptionGroup var settings: SettingsOptions

    func run() throws {
        let settings = try settings.load()
        do throws(StartError) {
            // It ends with this process, which holds the other end of its socket.
            let hasher = HasherProcess(
                arguments: HasherCommand.arguments(settings), logger: try InstanceLog.logger(settings.log))
            try Application.ofCommand(settings, hashing: .process(connect: hasher.connect)).serve(
                .unix(path: settings.socket.path, mode: settings.socket.mode, group: settings.socket.group))
        } catch {
            throw failure(error.description)
        }
    }
}
