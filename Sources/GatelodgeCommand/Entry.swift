internal import ArgumentParser
internal import FastCGI
internal import Supervision

/// Where the process begins.
@main enum Entry {
    /// A web server that starts us says so, and must not be able to reach a command: the query of a URL may come as
    /// arguments (RFC 3875 §4.4).
    @MainActor static func main() async {
        let isHasher = CommandLine.arguments.dropFirst().first == HasherCommand.name
        // Every command may hold a password or a key. The hasher sees to it later, when it has its scheduling group.
        if !isHasher, !Confinement.apply() { complain("this process's memory is not protected from being read") }
        switch Invocation.current {
        case .cgi:
            serveAsStarted()
        case .fastCGI:
            let arguments = CommandLine.arguments.dropFirst()
            guard arguments.isEmpty || arguments == ["worker"] else {
                fail("with a listening socket on descriptor 0 the only argument is \"worker\"")
            }
            serveAsStarted()
        case .command where isHasher:
            // What it gives up is given up thread by thread, so it begins on the first one.
            HasherCommand.main(Array(CommandLine.arguments.dropFirst(2)))
        case .command:
            await GatelodgeTool.main()
        }
    }
}
