internal import ArgumentParser
internal import FastCGI
internal import Gatelodge
internal import Glibc
internal import Supervision

/// `gatelodge serve`: a socket of our own, and the processes behind it.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve on the socket of the settings until SIGTERM or Ctrl-C.",
        discussion: """
            A socket that systemd hands over, or that listens on descriptor 0, is served instead of one of its own. \
            SIGHUP reloads, as `gatelodge reload` does; SIGUSR1 opens the log's file anew.
            """)

    @OptionGroup var settings: SettingsOptions

    @Option(name: .customLong(Inheritance.optionName), help: .private)
    var inheritance: Int32?

    @Option(name: .customLong(Inheritance.checkOptionName), help: .private)
    var inheritanceToCheck: Int32?

    func run() throws {
        let signals = try receiveSignals()
        let manager = ServiceManager()
        let settings = try settings.loadForSupervision()
        if let inheritanceToCheck {
            guard Inheritance(reading: inheritanceToCheck) != nil else { throw ExitCode(1) }
            return
        }
        let inheritance = try readInheritance()
        let status: Int32
        do {
            status = try Supervisor(
                plan(settings, manager), signals: signals, manager: manager, inheritance: inheritance
            ).run()
        } catch let error as FastCGIError {
            throw failure(error.description)
        } catch let error as StartError {
            throw failure(error.description)
        }
        if status != 0 { throw ExitCode(status) }
    }

    private func receiveSignals() throws -> SignalQueue {
        do throws(FastCGIError) { return try SignalQueue() } catch { throw failure(error.description) }
    }

    private func readInheritance() throws -> Inheritance? {
        guard let inheritance else { return nil }
        defer { close(inheritance) }
        guard let read = Inheritance(reading: inheritance) else {
            throw failure("what the program before this one left cannot be read")
        }
        return read
    }

    private func plan(_ loaded: Settings, _ manager: ServiceManager) throws(StartError) -> SupervisorPlan {
        let file = settings.file
        let listening: Listening =
            if let descriptor = manager.listening {
                .inherited(descriptor: descriptor)
            } else if Invocation.current
                == .fastCGI
            { .inherited() } else { loaded.socket.listening }
        var fixedMarks: [String: String] = [:]
        for setting in Settings.table where setting.needsRestart {
            fixedMarks[setting.name] = setting.mark(in: loaded)
        }
        return SupervisorPlan(
            program: ProgramPath.started, version: Version.current, arguments: Self.arguments(file),
            workerVariables: file.map { [Settings.fileVariable: $0] } ?? [:], listening: listening,
            controlPath: loaded.controlPath, settings: .init(loaded), fixedMarks: fixedMarks,
            reread: {
                do throws(SettingsError) { return .success(.init(try Settings.loadForSupervision(file: file))) } catch {
                    return .failure(.init(reason: error.description))
                }
            },
            logger: try InstanceLog.logger(loaded.log), reopenLog: InstanceLog.reopen, flushLog: InstanceLog.flush)
    }

    private static func arguments(_ file: String?) -> [String] {
        ["serve"] + (file.map { ["--settings", $0] } ?? [])
    }
}

extension SupervisorPlan.Settings {
    fileprivate init(_ settings: Settings) {
        self.init(
            hasher: settings.hashing.socket == nil
                ? HasherPlan(threads: settings.hashing.count, nice: settings.hashing.nice) : nil,
            trial: settings.reload.trial, startDeadline: settings.reload.deadline,
            stopDeadline: settings.shutdown.deadline)
    }
}
