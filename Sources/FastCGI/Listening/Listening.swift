/// Where connections come from.
public enum Listening: Sendable, Equatable {
    /// A socket of our own at a path of at most 107 bytes, with a mode and, where given, a group. What is left of a
    /// process that died is replaced; what another process still serves is not touched.
    case unix(path: String, mode: UInt32 = 0o660, group: String? = nil)
    /// A socket that is listening already, as FastCGI 1.0 §2.2 hands it over on descriptor 0.
    case inherited(descriptor: Int32 = 0)

    /// For the log: the path, or the descriptor.
    package var name: String {
        switch self {
        case .unix(let path, _, _): path
        case .inherited(let descriptor): "descriptor \(descriptor)"
        }
    }
}
