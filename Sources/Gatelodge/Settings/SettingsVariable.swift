/// One of our variables in the environment.
struct SettingsVariable: Sendable {
    let name: String
    /// Nothing when the bytes are not UTF-8.
    let input: SettingInput?
}
