/// What a request shows to say who it comes from.
package enum Credential {
    /// An access token of the field `Authorization`.
    case token(ArraySlice<UInt8>)
    /// The value of the session cookie.
    case cookie(ArraySlice<UInt8>)
}
