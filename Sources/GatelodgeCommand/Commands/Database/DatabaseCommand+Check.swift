internal import ArgumentParser
internal import Gatelodge
internal import Glibc
internal import Storage

extension DatabaseCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read the whole database and say whether it is sound; exit status 1 where it is not.",
            discussion: "Nothing is written, and an instance that runs is not held up.")

        @Argument(help: "The file, such as a backup; the database of the settings otherwise.", completion: .file())
        var file: String?

        @Flag(help: "Print what was found as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() throws {
            let path = try file ?? settings.load().database.path
            let report = CheckReport(
                file: path, found: try answer { () throws(StorageError) in try DatabaseCare.check(path) })
            print(json ? try report.json() : report.text)
            if !report.damage.isEmpty { throw ExitCode(1) }
        }
    }
}

/// What `gatelodge db check` prints.
private struct CheckReport: Encodable {
    let file: String
    let journalMode: String
    let schemaVersion: Int
    let oldestBinarySchema: Int
    let bytes: Int
    let freeBytes: Int
    let logBytes: Int
    let rows: [String: Int]
    let damage: [String]

    init(file: String, found: DatabaseReport) {
        self.file = file
        journalMode = found.journalMode
        schemaVersion = found.schemaVersion
        oldestBinarySchema = found.oldestBinary
        bytes = found.bytes
        freeBytes = found.freeBytes
        logBytes = found.logBytes
        // Table names are SQLite's, which knows none twice.
        rows = Dictionary(found.rows.map { ($0.table, $0.count) }) { first, _ in first }
        damage = found.damage
    }

    var text: String {
        let width = rows.keys.map(\.count).max() ?? 0
        let tables = rows.sorted { $0.key < $1.key }.map { table, count in
            "  \(table.padding(to: width))  \(count)"
        }
        let lines = [
            "database  \(file)",
            "schema    \(schemaVersion), for binaries of schema \(oldestBinarySchema) or newer",
            "journal   \(journalMode)",
            "bytes     \(bytes), \(freeBytes) of them free, \(logBytes) in the log",
            "sound     \(damage.isEmpty ? "yes" : TextColour.red.paint("no", on: STDOUT_FILENO))",
        ]
        return (lines + damage.map { "  \($0)" } + tables).joined(separator: "\n")
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
