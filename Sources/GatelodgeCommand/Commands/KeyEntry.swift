internal import Authentication
internal import Gatelodge
internal import Glibc

/// A signing key as `gatelodge key` prints it.
struct KeyEntry: Encodable {
    let id: String
    let algorithm: String
    let phase: String
    let signsFrom: String
    /// Absent where no end is in sight.
    let verifiesUntil: String?

    init(_ key: SigningKeyStatus) {
        id = key.id
        algorithm = key.algorithm
        phase = key.phase.rawValue
        signsFrom = time(key.signsFromUnixSeconds)
        verifiesUntil = key.verifiesUntilUnixSeconds.map(time)
    }

    var line: String {
        let colour: TextColour = phase == SigningKeyStatus.Phase.signing.rawValue ? .green : .dim
        return row(id, algorithm, colour.paint(phase, on: STDOUT_FILENO), signsFrom, verifiesUntil ?? "-")
    }
}
