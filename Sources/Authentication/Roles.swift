/// The roles of one account: at most 16 of `[a-z0-9:_-]{1,32}`, so that a token and a header hold them all.
///
/// Judged when they are assigned, never at login.
package struct Roles: Sendable, Equatable {
    package static let maximumCount = 16
    package static let maximumLength = 32

    /// No roles.
    package static let none = Roles(unchecked: [])

    /// In the order given, none twice.
    package let names: [String]

    package init(parsing names: [String]) throws(AuthError) {
        guard names.count <= Self.maximumCount, Set(names).count == names.count, names.allSatisfy(Self.isRole) else {
            throw .invalidRoles
        }
        self.names = names
    }

    private init(unchecked names: [String]) {
        self.names = names
    }

    static func isRole(_ name: String) -> Bool {
        (1...maximumLength).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"),
                    UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
