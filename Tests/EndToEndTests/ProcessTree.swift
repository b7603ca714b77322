import Foundation

/// A process by its number, and those that it started.
struct ProcessTree {
    let processID: Int32

    /// The workers and the hasher of `gatelodge serve`.
    var children: [Int32] {
        // A thread that ends meanwhile has no children.
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/task")) ?? []
        return tasks.flatMap { task in
            let path = "/proc/\(processID)/task/\(task)/children"
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            return text.split(separator: " ").compactMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
    }

    var hasher: Int32? { hashers.first }

    /// More than one where an older one still serves the connections that it has.
    var hashers: [Int32] { children.filter { Self.name($0) == "hasher" } }

    /// Those that serve or are to serve.
    var workers: [Int32] { children.filter { Self.name($0) == "gatelodge" } }

    static func name(_ processID: Int32) -> String? {
        (try? String(contentsOfFile: "/proc/\(processID)/comm", encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Whether a signal has stopped a process, which takes a moment (proc_pid_stat(5)).
    static func isStopped(_ processID: Int32) -> Bool { state(processID) == "T" }

    /// Whether a process is gone; one whose parent has not asked for its end yet is.
    static func isGone(_ processID: Int32) -> Bool {
        kill(processID, 0) != 0 || state(processID) == nil || state(processID) == "Z"
    }

    /// How much processor time a process has taken, in ticks (proc_pid_stat(5), fields 14 and 15).
    static func processorTicks(_ processID: Int32) throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        return fields[12...13].compactMap { Int($0) }.reduce(0, +)
    }

    private static func state(_ processID: Int32) -> Character? {
        let text = (try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)) ?? ""
        return text.lastIndex(of: ")").flatMap { text[$0...].dropFirst(2).first }
    }
}
