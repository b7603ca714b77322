internal import ArgumentParser
internal import Gatelodge
internal import Glibc
internal import JSON
internal import Supervision

/// `gatelodge reload`: new settings, or a new program, without losing a request.
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Let a new worker process take over, and say what came of it.",
        discussion: """
            The new worker reads the settings and is the program that is at the path by now. It gets requests after it \
            was watched for the time of `reload.trial`, and the connections of the one before with them. Where it does \
            not serve, the one before goes on, the reason is printed and the exit status is 1.
            """)

    @OptionGroup var settings: SettingsOptions

    @Flag(help: "Print what came of it as JSON.")
    var json = false

    func run() throws {
        let settings = try settings.loadForSupervision()
        // One that is under way is waited for, and then another one follows.
        let limit = (settings.reload.trial + settings.reload.deadline + settings.shutdown.deadline) * 2
        let answer = try ControlQuestion.reload.ask(settings, within: limit)
        if json { print(String(decoding: JSONValue.object(answer).serialized(), as: UTF8.self)) }
        if let reason = answer["error"]?.stringValue {
            throw failure("the new worker does not serve, and the one before goes on: \(reason)")
        }
        guard !json else { return }
        print("worker \(answer["worker"]?.integerValue ?? 0) serves")
        for change in answer["changed"]?.arrayValue ?? [] {
            let name = change.objectValue?["setting"]?.stringValue ?? ""
            let isApplied = change.objectValue?["applied"]?.boolValue ?? false
            print("\(name) \(isApplied ? "is applied" : "needs a restart")")
        }
    }
}

extension ControlQuestion {
    /// Asks the running instance of these settings.
    func ask(_ settings: Settings, within limit: Duration) throws -> JSONObject {
        do throws(Failure) {
            return try ask(at: settings.controlPath, within: limit)
        } catch {
            switch error {
            case .notRunning:
                throw GatelodgeCommand.failure("no instance listens on \(settings.controlPath)", status: 3)
            case .system(let number):
                throw GatelodgeCommand.failure("\(settings.controlPath): \(unsafe String(cString: strerror(number)))")
            case .unanswered: throw GatelodgeCommand.failure("the instance on \(settings.controlPath) does not answer")
            }
        }
    }
}
