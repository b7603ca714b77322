internal import ArgumentParser
internal import Gatelodge
internal import Glibc
internal import JSON
internal import Supervision

/// `gatelodge status`
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say how the running instance is.",
        discussion: "The exit status is 3 where none is running, and 1 where it cannot serve now.")

    @OptionGroup var settings: SettingsOptions

    @Flag(help: "Print everything as JSON.")
    var json = false

    func run() throws {
        let status = try ControlQuestion.status.ask(settings.loadForSupervision(), within: .seconds(10))
        if json {
            print(String(decoding: JSONValue.object(status).serialized(), as: UTF8.self))
        } else {
            for line in Self.lines(status) { print(line) }
        }
        if status["worker"] == nil { throw ExitCode(1) }
    }

    private static func lines(_ status: JSONObject) -> [String] {
        func text(_ object: JSONObject?, _ name: String) -> String? {
            switch object?[name] {
            case .string(let text)?: text
            case .number(let number)?: number.integer.map(String.init)
            default: nil
            }
        }
        func line(_ title: String, _ parts: String?...) -> String {
            title + String(repeating: " ", count: 12 - title.count) + parts.compactMap(\.self).joined(separator: ", ")
        }
        var lines = [
            line("state", text(status, "state").map(painted)),
            line("supervisor", text(status, "pid").map { "process \($0)" }, text(status, "version"), up(status)),
            line("socket", text(status["socket"]?.objectValue, "path")),
        ]
        for (title, name) in [("worker", "worker"), ("next worker", "next_worker"), ("hasher", "hasher")] {
            guard let process = status[name]?.objectValue else { continue }
            let generation = text(process, "generation").map { "generation \($0)" }
            lines.append(line(title, text(process, "pid").map { "process \($0)" }, generation, up(process)))
        }
        lines.append(
            line(
                "since then", text(status, "reloads").map { "\($0) reloads" },
                text(status, "failed_reloads").map { "\($0) failed" }, text(status, "crashes").map { "\($0) crashes" }))
        if let last = status["last_reload"]?.objectValue {
            lines.append(line("last reload", text(last, "result"), text(last, "reason")))
        }
        return lines
    }

    private static func painted(_ state: String) -> String {
        (state == "serving" ? TextColour.green : .yellow).paint(state, on: STDOUT_FILENO)
    }

    private static func up(_ process: JSONObject) -> String? {
        process["uptime_seconds"]?.integerValue.map { seconds in
            let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
            if days > 0 { return "up \(days)d \(hours)h" }
            return hours > 0 ? "up \(hours)h \(minutes)min" : "up \(minutes)min \(seconds % 60)s"
        }
    }
}
