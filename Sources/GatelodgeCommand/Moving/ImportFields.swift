internal import Authentication
internal import Storage

/// What a line says of an account, before any rule has been asked.
struct ImportFields {
    /// The names of NDJSON's members and CSV's columns.
    enum Name: String, CaseIterable {
        case username
        case passwordHash = "password_hash"
        case roles, disabled, created, id
    }

    /// Why a line is not taken.
    struct Refusal: Error {
        let reason: String
    }

    var username: String?
    var passwordHash: String?
    var roles: [String] = []
    var isDisabled = false
    var createdUnixSeconds: Int64?
    var id: AccountID?

    /// The field of a name that is written in a file.
    static func name(_ text: String) throws(Refusal) -> Name {
        if let name = Name(rawValue: text) { return name }
        if text == "password" { throw Refusal(reason: "\"password\": passwords in plain text are not taken") }
        let isHarmless = (1...32).contains(text.utf8.count) && text.utf8.allSatisfy { isLetter($0) }
        throw Refusal(reason: isHarmless ? "\"\(text)\" is no field that is known" : "a field that is not known")
    }

    /// An id as 32 hexadecimal digits, or as a UUID (RFC 9562 §4) of the same digits.
    mutating func setID(_ text: String) throws(Refusal) {
        let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 1 || parts.map(\.utf8.count) == [8, 4, 4, 4, 12],
            let id = AccountID(parsing: parts.joined())
        else { throw Refusal(reason: "the id is neither a UUID nor 32 hexadecimal digits") }
        self.id = id
    }

    mutating func setCreated(_ text: String) throws(Refusal) {
        guard let seconds = WrittenTime.unixSeconds(text) else {
            throw Refusal(reason: "\"created\" is neither Unix seconds nor a time of RFC 3339")
        }
        createdUnixSeconds = seconds
    }

    /// The account, under the same rules for names and roles as everywhere.
    func user() throws(Refusal) -> MovedUser {
        guard let username, !username.isEmpty else { throw Refusal(reason: "there is no username") }
        guard let passwordHash, !passwordHash.isEmpty else { throw Refusal(reason: "there is no password hash") }
        let hash: StoredHash
        do throws(StoredHashFault) { hash = try StoredHash(parsing: passwordHash) } catch {
            throw Refusal(reason: "\(error)")
        }
        return MovedUser(
            username: try Self.parse(username), hash: hash, roles: try Self.parse(roles), isDisabled: isDisabled,
            createdUnixSeconds: createdUnixSeconds, id: id)
    }

    private static func parse(_ username: String) throws(Refusal) -> Username {
        do throws(InvalidUsername) { return try Username(parsing: username) } catch {
            let faults = error.faults.map(\.rawValue).joined(separator: ", ")
            throw Refusal(reason: "the username cannot be used: \(faults)")
        }
    }

    private static func parse(_ roles: [String]) throws(Refusal) -> Roles {
        do throws(AuthError) { return try Roles(parsing: roles) } catch {
            throw Refusal(reason: "at most 16 roles, each 1 to 32 of a-z, 0-9, \":\", \"_\" and \"-\", none twice")
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
