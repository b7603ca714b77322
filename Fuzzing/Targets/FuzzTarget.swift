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

    /// Tries one input.
    package func run(_ bytes: borrowing Span<UInt8>) {
        switch self {
        case .gate: fuzzGate(bytes)
        case .token: fuzzToken(bytes)
        case .claims: fuzzClaims(bytes)
        case .json: fuzzJSON(bytes)
        case .hash: fuzzHash(bytes)
        }
    }
}
