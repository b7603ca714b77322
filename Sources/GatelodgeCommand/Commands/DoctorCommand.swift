internal import ArgumentParser
internal import FoundationEssentials
internal import Gatelodge

/// `gatelodge doctor`: what is wrong here, and what to do.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look for mistakes around an instance: settings, permissions, nginx, PHP, database, machine.",
        discussion: """
            Changes nothing. Run it as root, or as the instance's user, in the folder where the instance is started. nginx is asked for \
            its configuration (nginx -T) where no file is named. Each finding has a name, a sentence and a remedy; \
            docs/troubleshooting.md lists all of them. The exit status is 0 where nothing was found, 1 where there are \
            warnings alone, and 2 where there is an error.
            """)

    @Option(
        name: .customLong("nginx"),
        help: ArgumentHelp(
            "What `nginx -T` printed, a main file or a part of one; may be repeated.", valueName: "file"),
        completion: .file())
    var nginxFiles: [String] = []

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @OptionGroup var settings: SettingsOptions

    func run() throws {
        let report: DoctorReport
        do throws(SettingsError) {
            let environment = ProcessInfo.processInfo.environment[Settings.fileVariable]
            var doctor = Doctor(
                settings: try Settings.load(file: settings.file),
                settingsFile: settings.file ?? environment ?? Settings.defaultFile, nginxFiles: nginxFiles)
            report = doctor.examine()
        } catch {
            report = DoctorReport(
                findings: SettingsExaminer.examine(problems: error.problems.map(\.description)),
                skipped: ["everything else, for which the settings are needed"])
        }
        print(json ? try report.json() : report.text)
        if report.status != 0 { throw ExitCode(report.status) }
    }
}
