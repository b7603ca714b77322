internal import ArgumentParser
internal import Gatelodge

/// Where a command finds the settings.
struct SettingsOptions: ParsableArguments {
    @Option(name: .customLong("settings"), help: ArgumentHelp("The settings file.", valueName: "file"))
    var file: String?

    /// The settings; what is wrong with them goes to standard error, all at once.
    func load() throws -> Settings {
        do throws(SettingsError) { return try Settings.load(file: file) } catch {
            throw failure(error.description, status: 78)
        }
    }

    /// The settings that concern the supervisor, the others as they are by default; where one is not good, everything that is
    /// wrong is said.
    func loadForSupervision() throws -> Settings {
        do throws(SettingsError) { return try Settings.loadForSupervision(file: file) } catch {
            _ = try load()
            throw failure(error.description, status: 78)
        }
    }
}
