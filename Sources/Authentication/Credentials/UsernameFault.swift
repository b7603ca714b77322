/// Why a name cannot be a username. The raw value is the stable code in `reasons`.
package enum UsernameFault: String, Sendable, CaseIterable {
    /// Nothing is left, perhaps only after invisible characters are removed.
    case empty
    case tooLong = "too_long"
    case controlCharacter = "control_character"
    case formatCharacter = "format_character"
    case unassignedCharacter = "unassigned_character"
    case outerWhiteSpace = "outer_white_space"
    case colon
}
