/// Collects what file and environment say, and every problem with it.
struct SettingsReader {
    private let isWanted: (Setting) -> Bool
    private var given: [String: (input: SettingInput, origin: SettingsProblem.Origin)] = [:]
    private var problems: [SettingsProblem] = []

    /// - Parameter isWanted: the settings to understand; others are passed over, right or wrong.
    init(_ isWanted: @escaping (Setting) -> Bool) {
        self.isWanted = isWanted
    }

    /// The path in `GATELODGE_SETTINGS`.
    mutating func fileNamed(by variables: [SettingsVariable]) -> String? {
        guard let variable = variables.first(where: { $0.name == Settings.fileVariable }) else { return nil }
        do throws(SettingsProblem.Reason) {
            guard let input = variable.input else { throw .notUTF8 }
            return try SettingKind.path.value(of: input)
        } catch {
            report(error, nil, at: .environment(variable.name))
            return nil
        }
    }

    /// Understands the keys of a settings file.
    mutating func read(_ file: SettingsFile) {
        problems += file.problems
        for entry in file.entries { take(entry.input, for: entry.setting, at: .file(file.path, line: entry.line)) }
    }

    /// Understands our variables, which win over the file.
    mutating func read(_ variables: [SettingsVariable]) {
        let settings = Dictionary(uniqueKeysWithValues: Settings.table.map { ($0.variable, $0) })
        for variable in variables where variable.name != Settings.fileVariable {
            let origin = SettingsProblem.Origin.environment(variable.name)
            guard let setting = settings[variable.name] else {
                let known = [Settings.fileVariable] + settings.keys
                report(.unknown(meant: nearest(to: variable.name, among: known)), nil, at: origin)
                continue
            }
            guard let input = variable.input else {
                report(.notUTF8, setting.name, at: origin)
                continue
            }
            take(input, for: setting, at: origin)
        }
    }

    private mutating func report(
        _ reason: SettingsProblem.Reason, _ setting: String?, at origin: SettingsProblem.Origin
    ) {
        problems.append(SettingsProblem(origin: origin, setting: setting, reason: reason))
    }

    /// The settings, or all that is wrong with them.
    consuming func finish() throws(SettingsError) -> Settings {
        var settings = Settings()
        for setting in Settings.table {
            guard let (input, origin) = given[setting.name] else { continue }
            do throws(SettingsProblem.Reason) {
                try setting.assign(input, &settings)
            } catch {
                report(error, setting.name, at: origin)
            }
        }
        checkTogether(settings)
        guard problems.isEmpty else { throw SettingsError(problems) }
        return settings
    }

    /// A value of the file that the environment replaces must be right all the same.
    private mutating func take(_ input: SettingInput, for setting: Setting, at origin: SettingsProblem.Origin) {
        guard isWanted(setting) else { return }
        if let (replaced, origin) = given.updateValue((input, origin), forKey: setting.name) {
            var ignored = Settings()
            do throws(SettingsProblem.Reason) {
                try setting.assign(replaced, &ignored)
            } catch {
                report(error, setting.name, at: origin)
            }
        }
    }

    /// The rules that concern more than one setting.
    private mutating func checkTogether(_ settings: Settings) {
        if settings.password.cost < 10, !settings.password.insecureCost, let (_, origin) = given["password.cost"] {
            report(.insecureCost(settings.password.cost), "password.cost", at: origin)
        }
        for setting in Settings.table where setting.isSecret {
            let file = setting.name + "_file"
            guard let (_, origin) = given[setting.name], let (_, other) = given[file] else { continue }
            report(.alsoGiven(setting: file, other), setting.name, at: origin)
        }
    }
}
