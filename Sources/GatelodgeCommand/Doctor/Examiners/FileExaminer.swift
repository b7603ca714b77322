/// Who may read and change the files of an instance.
package enum FileExaminer {
    /// The files, as the system has them.
    package struct Facts: Sendable {
        package var settingsFile: FileFact?
        package var socketFolder: FileFact
        package var databaseFolder: FileFact
        package var database: FileFact
        package var masterKey: FileFact

        package init(
            settingsFile: FileFact? = nil, socketFolder: FileFact, databaseFolder: FileFact, database: FileFact,
            masterKey: FileFact
        ) {
            self.settingsFile = settingsFile
            self.socketFolder = socketFolder
            self.databaseFolder = databaseFolder
            self.database = database
            self.masterKey = masterKey
        }
    }

    package static func examine(_ facts: Facts) -> [Finding] {
        examineSettings(facts.settingsFile)
            + examineFolder(facts.socketFolder, holding: "the socket", code: "socket_folder")
            + examineFolder(facts.databaseFolder, holding: "the database", code: "database_folder")
            + examineSecret(facts.database, "the database", code: "database_mode")
            + examineSecret(facts.masterKey, "the master key", code: "master_key_mode") + examineMasterKey(facts)
    }

    /// Secret files of the settings are refused by their reader, so they are not asked about again.
    private static func examineSettings(_ file: FileFact?) -> [Finding] {
        guard let file, file.kind == .file, file.mode & 0o022 != 0 else { return [] }
        return [
            Finding(
                .error, "settings_writable", at: file.path,
                "Others than its owner may change the settings, and with them who is let in.",
                remedy: "chmod go-w \(file.path)")
        ]
    }

    private static func examineFolder(_ folder: FileFact, holding what: String, code: String) -> [Finding] {
        guard folder.kind == .folder else {
            return [
                Finding(
                    .error, "\(code)_missing", at: folder.path, "The folder for \(what) does not exist.",
                    remedy: "Make it, and give it to the user that the instance runs as; Gatelodge never does.")
            ]
        }
        // With the sticky bit nobody takes another's files away.
        guard folder.mode & 0o002 != 0, folder.mode & 0o1000 == 0 else { return [] }
        return [
            Finding(
                .error, "\(code)_writable", at: folder.path, "Anybody may put another file into the place of \(what).",
                remedy: "chmod o-w \(folder.path)")
        ]
    }

    private static func examineSecret(_ file: FileFact, _ what: String, code: String) -> [Finding] {
        guard file.kind != .missing else { return [] }
        guard file.kind == .file else {
            return [
                Finding(
                    .error, code, at: file.path, "There is no regular file where \(what) should be.",
                    remedy: "Take away what is there, or set another path.")
            ]
        }
        guard file.mode & 0o077 != 0 else { return [] }
        return [
            Finding(
                .error, code, at: file.path, "With mode \(file.modeText) others than its owner reach \(what).",
                remedy: "chmod 600 \(file.path)")
        ]
    }

    private static func examineMasterKey(_ facts: Facts) -> [Finding] {
        if facts.database.kind == .missing, facts.masterKey.kind == .file {
            return [
                Finding(
                    .warning, "database_missing", at: facts.database.path,
                    "There is a master key and no database: a start would make an empty one.",
                    remedy: "Put the database back, or restore a backup; for a fresh one take the key away as well.")
            ]
        }
        guard facts.database.kind == .file else { return [] }
        if facts.masterKey.kind == .missing {
            return [
                Finding(
                    .error, "master_key_missing", at: facts.masterKey.path,
                    "There is a database, and not the key that opens what is sealed in it.",
                    remedy: "Put the master key back from where you keep it; without it no token can be signed.")
            ]
        }
        guard facts.masterKey.owner != facts.database.owner else { return [] }
        return [
            Finding(
                .error, "owner_differs", at: facts.masterKey.path,
                "The master key and the database belong to different users, so one of them cannot be read.",
                remedy: "chown both to the user that the instance runs as.")
        ]
    }
}
