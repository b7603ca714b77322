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
        let variables = environment.take(secrets: Set(table.filter(\.isSecret).map(\.variable)))
        var reader = SettingsReader()
        if let path = file ?? reader.fileNamed(by: variables) {
            reader.read(SettingsFile(path: path, mayBeAbsent: false))
        } else {
            reader.read(SettingsFile(path: defaultFile, mayBeAbsent: true))
        }
        reader.read(variables)
        return try reader.finish()
    }
}
