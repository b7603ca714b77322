internal import Glibc

/// Where this program was started from.
enum ProgramPath {
    /// An absolute path through the names that were used: a link stays one, so that what it names later is an upgrade.
    static var started: String {
        let name = CommandLine.arguments.first ?? ""
        if name.hasPrefix("/") { return name }
        if name.contains("/") { return workingFolder + "/" + name }
        for folder in search where unsafe access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
        return running
    }

    private static var search: [String] {
        let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
        // An entry that is relative would mean another program after a change of the working folder.
        return path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    private static var workingFolder: String {
        guard let path = unsafe getcwd(nil, 0) else { return "." }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// The file that runs, under the one name that the system knows.
    private static var running: String {
        guard let path = unsafe realpath("/proc/self/exe", nil) else { return "/proc/self/exe" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }
}
