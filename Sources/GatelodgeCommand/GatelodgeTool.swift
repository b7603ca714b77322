internal import ArgumentParser

/// The command `gatelodge`.
struct GatelodgeTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatelodge",
        abstract: "The authentication backend that stands behind nginx.",
        discussion: """
            Settings come from a file (--settings, GATELODGE_SETTINGS, else gatelodge.yaml in the working folder) and \
            from the environment (GATELODGE_…), which wins; `gatelodge settings` lists them.
            """,
        version: "gatelodge \(Version.current)",
        subcommands: [
            ServeCommand.self, WorkerCommand.self, ReloadCommand.self, StatusCommand.self, StopCommand.self,
            CheckCommand.self, SettingsCommand.self, PasswordCommand.self,
            TokenCommand.self, KeyCommand.self, UserCommand.self, ServiceCommand.self,
            DatabaseCommand.self, DoctorCommand.self, NginxCommand.self,
        ])
}
