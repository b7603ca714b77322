/// Where lines go, and in which form.
struct LogDestination: Sendable, Hashable {
    /// Standard error where there is none.
    let file: String?
    let format: Settings.Log.Format
}
