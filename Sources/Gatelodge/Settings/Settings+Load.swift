extension Settings {
    /// Reads the settings file and the environment, whose values win.
    ///
    /// The file is the one named here, else by `GATELODGE_SETTINGS`, else `gatelodge.yaml` in the working folder where
    /// there is one. Secrets are removed from the environment also when this throws.
    ///
    /// - Throws: everything that is wrong, at once.
    public static func load(
        file: String? = nil, environment: SettingsEnvironment = .process
    ) throws(SettingsError) -> Settings {
        try load(file: file, environment.take(secrets: Set(table.filter(\.isSecret).map(\.variable)))) { _ in true }
    }

    /// Reads what a supervisor goes by and passes over the rest, which its workers read: secrets stay where they are.
    package static func loadForSupervision(file: String? = nil) throws(SettingsError) -> Settings {
        let secrets = Set(table.filter(\.isSecret).map(\.variable))
        return try load(file: file, SettingsEnvironment.process.take(leaving: secrets)) { $0.concernsSupervision }
    }

    /// Reads the text of a settings file alone, and passes over the settings that name files with secrets: nothing is opened.
    ///
    /// - Throws: everything that is wrong, at once.
    package static func read(_ text: borrowing Span<UInt8>) throws(SettingsError) -> Settings {
        var reader = SettingsReader { $0.type != "secret file" }
        reader.read(SettingsFile(path: defaultFile, bytes: text))
        return try reader.finish()
    }

    private static func load(
        file: String?, _ variables: [SettingsVariable], _ isWanted: @escaping (Setting) -> Bool
    ) throws(SettingsError) -> Settings {
        var reader = SettingsReader(isWanted)
        if let path = file ?? reader.fileNamed(by: variables) {
            reader.read(SettingsFile(path: path, mayBeAbsent: false))
        } else {
            reader.read(SettingsFile(path: defaultFile, mayBeAbsent: true))
        }
        reader.read(variables)
        return try reader.finish()
    }
}

extension Setting {
    /// Whether it is among those that a supervisor reads.
    fileprivate var concernsSupervision: Bool {
        ["socket.", "control.", "hashing.", "reload.", "shutdown.", "log."].contains { name.hasPrefix($0) }
    }

    /// Whether a change takes a restart, because it concerns what a reload keeps: the supervisor's own sockets.
    package var needsRestart: Bool {
        ["socket.", "control."].contains { name.hasPrefix($0) } || name == "hashing.socket"
    }
}
