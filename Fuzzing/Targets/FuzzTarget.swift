/// One parser of bytes that strangers choose, with what must hold for every input.
///
/// The fuzzer and the tests call the same ``run(_:)``. Broken promises trap: libFuzzer keeps the input that did it.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// Bytes of a web server that wait on a connection.
    case gate
    /// A token in compact form.
    case token
    /// The payload of a token.
    case claims
    /// The body of a request.
    case json
    /// A stored password hash.
    case hash
    /// The path of a request.
    case route
    /// A form, or the query of a request.
    case form
    /// Fields of a request that say who it comes from.
    case fields
    /// The text of a settings file.
    case settings

    /// Tries one input.
    package func run(_ bytes: borrowing Span<UInt8>) {
        switch self {
        case .gate: fuzzGate(bytes)
        case .token: fuzzToken(bytes)
        case .claims: fuzzClaims(bytes)
        case .json: fuzzJSON(bytes)
        case .hash: fuzzHash(bytes)
        case .route: fuzzRoute(bytes)
        case .form: fuzzForm(bytes)
        case .fields: fuzzFields(bytes)
        case .settings: fuzzSettings(bytes)
        }
    }
}
