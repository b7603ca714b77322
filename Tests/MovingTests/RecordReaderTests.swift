import Authentication
import GatelodgeCommand
import Storage
import Testing

/// The three formats: what they hold, and what is said of broken lines.
@Suite struct RecordReaderTests {
    private static let id = "0f8fad5bd9cb469fa16570867728950e"

    @Test func `NDJSON has every field`() throws {
        let full =
            #"{"username":"Anna","password_hash":"\#(Hashes.bcrypt)","roles":["editor","a:b"],"disabled":true,"#
            + #""created":"2024-02-29T10:00:00.5+01:00","id":"0F8FAD5B-d9cb-469f-a165-70867728950e"}"#
        let plain = #"{"password_hash":"\#(Hashes.sha1)","username":"bob","created":1700000000,"roles":null}"#
        let file = try ImportFile("\u{FEFF}\(full)\r\n\n\(plain)").read()
        #expect(file.format == .ndjson && file.faults.isEmpty)
        #expect(file.users.map(\.line) == [1, 3])
        let (anna, bob) = (file.users[0].user, file.users[1].user)
        #expect(anna.username.shown == "Anna" && anna.username.canonical == "anna")
        #expect(anna.roles.names == ["editor", "a:b"] && anna.isDisabled)
        #expect(anna.createdUnixSeconds == 1_709_197_200 && anna.id?.text == Self.id)
        #expect(anna.hash.text == Hashes.bcrypt && anna.hash.algorithm == "bcrypt")
        #expect(bob.createdUnixSeconds == 1_700_000_000 && bob.id == nil && !bob.isDisabled && bob.roles == .none)
        #expect(bob.hash.algorithm == "sha1")
    }

    @Test func `CSV has columns in any order, quotation and fields over several lines`() throws {
        let text = """
            id,"disabled",password_hash,username,roles,created\r
            \(Self.id),true,\(Hashes.bcrypt),"An ""x"", na",editor author,2024-02-29 10:00:00+01\r
            \r
            ,f,\(Hashes.sha1),bob,"a,b",\r
            ,,\(Hashes.sha1),"two
            lines",,
            ,,\(Hashes.sha1),last,,
            """
        let file = try ImportFile(text).read()
        #expect(file.format == .csv)
        #expect(file.users.map(\.line) == [2, 4, 7])
        #expect(file.users.map(\.user.username.shown) == ["An \"x\", na", "bob", "last"])
        #expect(file.users.map(\.user.roles.names) == [["editor", "author"], ["a", "b"], []])
        #expect(file.users[0].user.isDisabled && !file.users[1].user.isDisabled)
        #expect(file.users[0].user.createdUnixSeconds == 1_709_197_200)
        #expect(file.faults == [fault(5, "the username cannot be used: control_character")])
    }

    @Test func `htpasswd has names, hashes and comments`() throws {
        let text = "# users\n\nanna:\(Hashes.bcrypt)\nbob:\(Hashes.sha1)\r\nno colon\ncarl:\nplain:secret:x\n"
        let file = try ImportFile(text).read()
        #expect(file.format == .htpasswd)
        #expect(file.users.map(\.line) == [3, 4])
        #expect(file.users.map(\.user.username.shown) == ["anna", "bob"])
        #expect(
            file.faults == [
                fault(5, "no colon between a name and a hash"), fault(6, "there is no password hash"),
                fault(7, "no hash of a known kind (passwords in plain text are not taken)"),
            ])
    }

    @Test func `What is a comment in htpasswd is an account in CSV, and broken JSON`() throws {
        let csv = try ImportFile("# accounts\nusername,password_hash\n#anna,\(Hashes.bcrypt)\n").read()
        #expect(csv.users.map(\.user.username.shown) == ["#anna"] && csv.users.map(\.line) == [3])
        let json = try ImportFile(#"{"username":"a","password_hash":"\#(Hashes.bcrypt)"}"# + "\n#").read()
        #expect(json.users.count == 1)
        #expect(json.faults == [fault(2, "no JSON that is read here: unexpectedByte(offset: 0)")])
    }

    static let brokenJSON: [(String, String)] = [
        ("[]", "no JSON object"), ("{", "no JSON that is read here: unexpectedEnd(offset: 1)"),
        (#"{"username":"a","username":"b"}"#, "no JSON that is read here: duplicateName(offset: 16)"),
        (#"{"username":"a"}"#, "there is no password hash"), (#"{"password_hash":"x"}"#, "there is no username"),
        (#"{"username":"","password_hash":"x"}"#, "there is no username"),
        (#"{"username":"a","password":"secret"}"#, "\"password\": passwords in plain text are not taken"),
        (#"{"username":"a","hash":"x"}"#, "\"hash\" is no field that is known"),
        (#"{"username":"a","$2b$10$abc":"x"}"#, "a field that is not known"),
        (#"{"username":1}"#, "\"username\" is no string"),
        (#"{"disabled":"no"}"#, "\"disabled\" is neither true nor false"),
        (#"{"roles":"a"}"#, "\"roles\" is no array of strings"),
        (#"{"roles":[1]}"#, "\"roles\" is no array of strings"),
        (#"{"id":"0f8f"}"#, "the id is neither a UUID nor 32 hexadecimal digits"),
        (#"{"id":"0f8fad5bd9-cb469fa16570867728-950e"}"#, "the id is neither a UUID nor 32 hexadecimal digits"),
        (#"{"created":"yesterday"}"#, "\"created\" is neither Unix seconds nor a time of RFC 3339"),
        (#"{"created":"2023-02-29T10:00:00Z"}"#, "\"created\" is neither Unix seconds nor a time of RFC 3339"),
        (#"{"created":-1}"#, "\"created\" is neither Unix seconds nor a time of RFC 3339"),
        (#"{"username":"a:b","password_hash":"\#(Hashes.sha1)"}"#, "the username cannot be used: colon"),
        (
            #"{"username":"a","password_hash":"\#(Hashes.sha1)","roles":["A"]}"#,
            "at most 16 roles, each 1 to 32 of a-z, 0-9, \":\", \"_\" and \"-\", none twice"
        ),
        (#"{"username":"a","password_hash":"$2x$10$x"}"#, "a bcrypt hash of the kind $2x$, which is refused"),
        (
            #"{"username":"a","password_hash":"\#(Hashes.bcrypt.replacing("$04$", with: "$17$"))"}"#,
            "a bcrypt hash of cost 17, above the limit of 16"
        ),
        (#"{"username":"a","password_hash":"\#(Hashes.bcrypt)x"}"#, "a malformed bcrypt hash"),
        (
            #"{"username":"a","password_hash":"$pbkdf2-sha256$9999999$c2FsdA$MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"}"#,
            "a hash of pbkdf2-sha256 that takes more memory or work than is allowed"
        ),
    ]

    @Test(arguments: brokenJSON)
    func `A broken line is named with its reason, and those around it are read`(_ line: String, _ reason: String) throws
    {
        let good = #"{"username":"a","password_hash":"\#(Hashes.bcrypt)"}"#
        let file = try ImportFile("\(good)\n\(line)\n\(good)\n").read()
        #expect(file.users.map(\.line) == [1, 3])
        #expect(file.faults == [fault(2, reason)])
    }

    static let brokenCSV: [(String, String)] = [
        ("a", "1 fields under 2 columns"), ("a,b,c", "3 fields under 2 columns"),
        ("\"a\"x,b", "something follows a closing quotation mark"),
        ("a\"b,c", "a quotation mark in a field without quotation"),
        (",\(Hashes.sha1)", "there is no username"), ("a,", "there is no password hash"),
    ]

    @Test(arguments: brokenCSV)
    func `A broken record of CSV is named by its line`(_ line: String, _ reason: String) throws {
        let file = try ImportFile("username,password_hash\n\(line)\nb,\(Hashes.bcrypt)\n").read()
        #expect(file.users.map(\.line) == [3])
        #expect(file.faults == [fault(2, reason)])
    }

    @Test func `A quotation that never ends takes no more than one record's room`() throws {
        let rest = String(repeating: "b,\(Hashes.bcrypt)\n", count: 3_000)
        let file = try ImportFile("username,password_hash\n\"a,x\n" + rest).read()
        #expect(file.faults == [fault(2, "a quoted field does not end")])
        #expect(file.users.count > 1_500 && file.users.count < 3_000)
    }

    static let headers: [(String, String)] = [
        ("username,password", "\"password\": passwords in plain text are not taken"),
        ("username,roles", "the first line names no column \"password_hash\""),
        ("username,password_hash,email", "\"email\" is no field that is known"),
        ("username,password_hash,username", "\"username\" stands twice"),
        ("just text", "no format that is known; --format names one"),
    ]

    @Test(arguments: headers)
    func `A file whose first line cannot be is not begun`(_ header: String, _ reason: String) {
        #expect(throws: fault(2, reason)) { try ImportFile("\n\(header)\na,b\n").read() }
    }

    @Test func `Bytes that are not UTF-8 and lines that are too long are faults of their lines`() throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
        let good = Array("a:\(Hashes.bcrypt)\n".utf8)
        let file = try ImportFile(good + [0xFF, 0x3A, 0x78, 0x0A] + long + [0x0A] + good).read()
        #expect(file.users.map(\.line) == [1, 4])
        #expect(file.faults == [fault(2, "not UTF-8"), fault(3, "longer than 65536 bytes")])
    }

    @Test func `An empty file holds nothing, in any format but CSV`() throws {
        for format in [nil, ImportFormat.ndjson, .htpasswd] {
            let file = try ImportFile("").read(as: format)
            #expect(file.users.isEmpty && file.faults.isEmpty)
        }
        #expect(throws: ImportFault.self) { try ImportFile("").read(as: .csv) }
    }

    private func fault(_ line: Int, _ reason: String) -> ImportFault { ImportFault(line: line, reason: reason) }
}
