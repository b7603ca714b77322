internal import ArgumentParser
internal import Gatelodge
internal import Storage

extension DatabaseCommand {
    struct Vacuum: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the database anew without the room that deleted rows left.",
            discussion: """
                Needs as much room again. While it runs, an instance goes on reading; what wants to write waits, and is \
                refused with 503 after two seconds. Deleted rows' room is used again anyhow: this is for a \
                database that will not grow back to its size.
                """)

        @Flag(help: "Print the sizes as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() throws {
            let path = try settings.load().database.path
            let bytes = try answer { () throws(StorageError) in try DatabaseCare.vacuum(path) }
            let report = VacuumReport(database: path, bytesBefore: bytes.before, bytesAfter: bytes.after)
            print(json ? try report.json() : "\(path)  \(bytes.before) bytes before, \(bytes.after) after")
        }
    }
}

/// What `gatelodge db vacuum --json` prints.
private struct VacuumReport: Encodable {
    let database: String
    let bytesBefore: Int
    let bytesAfter: Int
}
