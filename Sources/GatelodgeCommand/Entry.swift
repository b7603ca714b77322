internal import ArgumentParser
internal import FastCGI
internal import Supervision

/// Where the process begins.
@main enum Entry {
    /// A web server that starts us says so, and must not be able to reach a command: the query of a URL may come as
    /// arguments (RFC 3875 §4.4).
    @MainActor static func main() async {
        // What a hasher gives up is given up thread by thread, so it begins on the first one.
        let isHasher = CommandLine.arguments.dropFirst().first == HasherCommand.name
        // Every command may hold a password or a key. The hasher sees to it later, when it has its scheduling group.
        if !isHasher, !Confinement.apply() { complain("this process's memory is not protected from being read") }
        switch Invocation.current {
        case .cgi:
            serveAsStarted()
        case .fastCGI:
            switch CommandLine.arguments.dropFirst() {
            case [], ["worker"]: serveAsStarted()
            case ["worker", "--supervised"]: serveSupervised()
            case let arguments where arguments.first == "serve": await run()
            case let arguments where isHasher: HasherCommand.main(Array(arguments.dropFirst()))
            default: fail("with a listening socket on descriptor 0 the only arguments are \"worker\" and \"serve\"")
            }
        case .command where isHasher:
            HasherCommand.main(Array(CommandLine.arguments.dropFirst(2)))
        case .command:
            await run()
        }
    }

    /// Runs the command that was asked for. One that does not wait begins on the first thread, before there are others: the
    /// supervisor's signals must find no thread that lets them through.
    @MainActor private static func run() async {
        do {
            var command = try GatelodgeTool.parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            GatelodgeTool.exit(withError: error)
        }
    }
}
