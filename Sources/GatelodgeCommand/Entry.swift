internal import ArgumentParser
internal import FastCGI

/// Where the process begins.
@main enum Entry {
    /// A web server that starts us says so, and must not be able to reach a command: the query of a URL may come as
    /// arguments (RFC 3875 §4.4).
    @MainActor static func main() async {
        switch Invocation.current {
        case .cgi:
            serveAsStarted()
        case .fastCGI:
            let arguments = CommandLine.arguments.dropFirst()
            guard arguments.isEmpty || arguments == ["worker"] else {
                fail("with a listening socket on descriptor 0 the only argument is \"worker\"")
            }
            serveAsStarted()
        case .command where CommandLine.arguments.dropFirst().first == HasherCommand.name:
            // What it gives up is given up thread by thread, so it begins on the first one.
            HasherCommand.main(Array(CommandLine.arguments.dropFirst(2)))
        case .command:
            await GatelodgeTool.main()
        }
    }
}
