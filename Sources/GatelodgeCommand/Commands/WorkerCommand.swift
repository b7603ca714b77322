internal import ArgumentParser
internal import FastCGI
internal import Gatelodge

/// `gatelodge worker`: what a web server or a process manager starts. Where one did, `Entry` never parses arguments.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Serve a listening socket on descriptor 0, or one CGI request.",
        discussion: """
            For spawn-fcgi, lighttpd, mod_fcgid, systemd and CGI, which start it; the settings file is named by \
            GATELODGE_SETTINGS.
            """)

    func run() throws {
        throw failure("descriptor 0 is no listening socket; `gatelodge serve` makes one of its own")
    }
}

/// Serves what the web server handed over; it has seen to it that there are no arguments.
func serveAsStarted() {
    do throws(SettingsError) {
        let settings = try Settings.load()
        do throws(StartError) { try Application.ofCommand(settings).run() } catch { fail(error.description) }
    } catch {
        fail(error.description)
    }
}
