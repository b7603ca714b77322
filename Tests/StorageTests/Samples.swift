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
