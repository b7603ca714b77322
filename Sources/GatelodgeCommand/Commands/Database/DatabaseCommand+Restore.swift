internal import ArgumentParser
internal import Authentication
internal import FoundationEssentials
internal import Gatelodge
internal import Storage

extension DatabaseCommand {
    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a backup into the place of the database; nothing may run on it.",
            discussion: """
                The backup is checked first. Every session in it is ended, every access token that was ever issued is refused, and \
                codes of invites and for new passwords are void, so that nothing comes back that was taken away after the backup. \
                The replaced database stays beside it, with the time in its name. The master key must be the one of the backup.
                """)

        @Argument(help: "The backup.", completion: .file())
        var file: String

        @Flag(help: "Print what was done as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() throws {
            let settings = try settings.load()
            let socket = try SocketHold(of: settings.socket.path)
            let now = Int64(Date().timeIntervalSince1970)
            let lifetime = settings.jwt.lifetime.components.seconds + KeyRing.overlapSeconds
            let kept = try answer { () throws(StorageError) in
                try DatabaseRestore(of: settings.database.path, now: now, accessTokenSeconds: lifetime).run(from: file)
            }
            socket.release()
            let report = RestoreReport(
                database: settings.database.path, replaced: kept, masterKey: settings.masterKeyPath)
            print(json ? try report.json() : report.text)
        }
    }
}

/// What `gatelodge db restore` prints.
private struct RestoreReport: Encodable {
    let database: String
    let replaced: String?
    let masterKey: String

    var text: String {
        """
        database    \(database)
        replaced    \(replaced ?? "there was none")
        master key  \(masterKey): must be the one of the backup
        sessions    all ended
        """
    }
}
