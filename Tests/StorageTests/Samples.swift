import Logging
import Storage

let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// An account whose fields differ from one another, so that a mix-up shows.
func sampleAccount(_ name: String = "vicky", roles: [String] = [], state: Account.State = .active) -> Account {
    Account(
        id: .random(), username: name, canonicalUsername: name.lowercased(), passwordHash: "hash of \(name)",
        roles: roles, state: state, createdUnixSeconds: 1_700_000_000, updatedUnixSeconds: 1_700_000_001)
}

func sampleKey(_ kid: String = "k1", algorithm: String = "ES256", created: Int64 = 1_700_000_000) -> StoredSigningKey {
    StoredSigningKey(kid: kid, algorithm: algorithm, privateKey: [0, 1, 254, 255], createdUnixSeconds: created)
}

/// An hour idle, a day at most, half a minute of grace, ten minutes of access.
let sampleLimits = SessionLimits(
    idleSeconds: 3_600, absoluteSeconds: 86_400, graceSeconds: 30, perAccount: 5, accessTokenSeconds: 600)

/// When the sample sessions begin.
let start: Int64 = 1_700_000_000

/// A hash by which a test knows which token it was.
func sampleHash(_ number: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 28)
        + (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}

func sampleSession(
    of account: Account, kind: Session.Kind = .refresh, hash: Int = 0, at time: Int64 = start
) -> Session {
    Session(
        id: .random(), accountID: account.id, kind: kind, tokenHash: sampleHash(hash), createdUnixSeconds: time,
        lastUsedUnixSeconds: time, authenticatedUnixSeconds: time, address: "192.0.2.1", userAgent: "agent")
}
