internal import ArgumentParser
internal import Bcrypt
internal import Gatelodge
internal import Glibc

/// `gatelodge nginx`: configuration of nginx for this instance, and what is wrong with one.
struct NginxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nginx",
        abstract: "Print nginx configuration for this instance, or look for known mistakes in one.",
        discussion: """
            The parts are \(NginxPart.allCases.map { "\($0.rawValue) (\($0.purpose))" }.joined(separator: "; ")). The first line of \
            each says which block it is for. With --lint the arguments are files: what `nginx -T` printed, main files or parts of one. \
            The exit status is then 1 where something was found; docs/troubleshooting.md lists all findings.
            """)

    @Argument(help: ArgumentHelp("The part to print, else all; or files to look at.", valueName: "part-or-file"))
    var names: [String] = []

    @Flag(help: "Look for mistakes in files.")
    var lint = false

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "How many passwords this machine hashes in a second, for the limits; measured where it is not said.",
            valueName: "number"))
    var hashesPerSecond: Double?

    @OptionGroup var settings: SettingsOptions

    private var part: NginxPart? { names.isEmpty ? .all : NginxPart(rawValue: names[0]) }

    func validate() throws {
        if lint {
            if names.isEmpty { throw ValidationError("--lint needs a file") }
        } else if names.count > 1 || part == nil {
            throw ValidationError("a part is one of \(NginxPart.allCases.map(\.rawValue).joined(separator: ", "))")
        } else if json {
            throw ValidationError("--json goes with --lint")
        }
        if let hashesPerSecond, !(0.1...1_000_000).contains(hashesPerSecond) {
            throw ValidationError("--hashes-per-second is a number from 0.1 to 1000000")
        }
    }

    func run() throws {
        let settings = try settings.load()
        if lint { return try look(expecting: NginxExpectations(settings)) }
        guard let part else { return }
        let writer = NginxWriter(
            socketPath: settings.absoluteSocketPath, prefix: settings.prefix, needsKey: settings.fastcgi.key != nil,
            hashesPerSecond: part == .limits || part == .all ? hashesPerSecond ?? measured(settings) : 0)
        writeAll(writer.text(of: part), to: STDOUT_FILENO)
    }

    /// At the cost of the settings.
    private func measured(_ settings: Settings) -> Double {
        let calibration = Calibration.measure(threads: settings.hashing.count, for: .seconds(1))
        // A cost that is for tests alone is not worth measuring.
        let cost = BcryptCost.all.first { $0.value == settings.password.cost } ?? .standard
        return calibration.loginsPerSecond(cost: cost)
    }

    private func look(expecting expected: NginxExpectations) throws {
        let report: DoctorReport
        do throws(NginxFault) {
            let findings = try NginxSource.read(names).map { NginxExaminer.examine($0, expecting: expected) }
            report = DoctorReport(findings: findings ?? [], skipped: [])
        } catch {
            report = DoctorReport(findings: [.unreadable(error)], skipped: [])
        }
        print(json ? try report.json() : report.text)
        if report.status != 0 { throw ExitCode(1) }
    }
}
