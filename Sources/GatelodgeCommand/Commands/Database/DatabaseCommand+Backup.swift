internal import ArgumentParser
internal import FoundationEssentials
internal import Gatelodge
internal import Storage

extension DatabaseCommand {
    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the database into one file, also while an instance writes to it.",
            discussion: """
                The copy is what was committed at one moment; it is checked, is on the disk and has mode 0600 before it gets \
                its name. Without the master key (the setting `keys.master_file`) it cannot sign tokens or end sessions \
                in order: keep that file as well, and in another place.
                """)

        @Argument(help: "The file to write.", completion: .file())
        var file: String

        @Flag(help: "Let the copy take the place of a file that is there.")
        var force = false

        @Flag(help: "Print what was done as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() throws {
            let settings = try settings.load()
            do throws(StorageError) {
                try DatabaseBackup.make(of: settings.database.path, at: file, replacing: force)
            } catch {
                if case .exists = error { throw failure("\(error); --force lets a backup take its place") }
                throw failure(error.description)
            }
            let report = BackupReport(file: file, masterKey: settings.masterKeyPath)
            print(json ? try report.json() : report.text)
        }
    }
}

/// What `gatelodge db backup` prints.
private struct BackupReport: Encodable {
    let file: String
    let masterKey: String
    let bytes: Int

    init(file: String, masterKey: String) {
        self.file = file
        self.masterKey = masterKey
        // It is there: it was just made.
        bytes = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
    }

    var text: String {
        """
        backup      \(file)
        bytes       \(bytes)
        master key  \(masterKey): not in the backup, and needed with it
        """
    }
}

extension Settings {
    /// Where the key is that seals what the database holds.
    var masterKeyPath: String { keys.masterFile ?? database.path + ".key" }
}
