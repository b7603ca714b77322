import Foundation
import TestSupport

/// A file of C2SP/wycheproof, as far as our tests read it.
struct Wycheproof<Group: Decodable>: Decodable {
    let numberOfTests: Int
    let testGroups: [Group]

    static func read(_ name: String) throws -> Wycheproof {
        let text = try Corpora.bytes("wycheproof-primitives/\(name)")
        return try JSONDecoder().decode(Wycheproof.self, from: Data(text))
    }
}
