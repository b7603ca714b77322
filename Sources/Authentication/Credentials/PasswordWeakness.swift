/// Why a password may not be set. The raw value is the stable code in `reasons`.
package enum PasswordWeakness: String, Sendable, CaseIterable {
    case tooShort = "too_short"
    case tooLong = "too_long"
    /// One of those that are tried first: it follows a simple rule, or stands in a list.
    case common
    /// The username, perhaps reversed, perhaps with up to four digits.
    case resemblesUsername = "resembles_username"
    /// The name of the product or site, likewise.
    case resemblesProduct = "resembles_product"
}
