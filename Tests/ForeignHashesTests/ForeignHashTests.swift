import Cryptography
import ForeignHashes
import Testing

/// What is read, what is refused, and before any work.
@Suite struct ForeignHashTests {
    @Test func `Hashes that other programs made are read, and keep their spelling`() throws {
        let vectors = try ForeignVector.all()
        #expect(vectors.count >= 100)
        var algorithms: Set<ForeignAlgorithm> = []
        for vector in vectors {
            let hash = try ForeignHash(parsing: vector.passwordHash)
            #expect(hash.text == vector.passwordHash)
            algorithms.insert(hash.algorithm)
        }
        #expect(algorithms == Set(ForeignAlgorithm.allCases))
    }

    private static let salt = "c2FsdHNhbHRzYWx0"
    private static let digest = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI"

    static let refused: [(String, ForeignHashError)] = [
        ("", .unknown), ("secret", .unknown), ("$", .unknown), ("$$", .unknown), ("$9$a$b", .unknown),
        ("correct horse battery", .unknown), ("ab1yXOq9pVUuE", .unknown),
        ("$3$$8846f7eaee8fb117ad06bdd830b7586c", .unknown),
        ("5f4dcc3b5aa765d61d8327deb882cf99", .unknown), ("{SSHA}\(digest)", .unknown), ("{PLAIN}secret", .unknown),
        ("$sha1$1000$salt$x", .unknown), ("$argon2id$v=19$\u{e9}", .unknown),
        ("$1$a b$xxxxxxxxxxxxxxxxxxxxxx", .unknown),
        ("$6$" + String(repeating: "x", count: 600), .unknown),
        ("{SHA}", .malformed(.sha1)), ("{SHA}AAAA", .malformed(.sha1)),
        ("{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ", .malformed(.sha1)),
        ("$argon2id$v=19$m=65536,t=3,p=4$\(salt)", .malformed(.argon2id)),
        ("$argon2id$v=18$m=65536,t=3,p=4$\(salt)$\(digest)", .malformed(.argon2id)),
        ("$argon2id$v=19$t=3,m=65536,p=4$\(salt)$\(digest)", .malformed(.argon2id)),
        ("$argon2id$v=19$m=65536,t=3,p=4,keyid=Q$\(salt)$\(digest)", .malformed(.argon2id)),
        ("$argon2id$v=19$m=+5536,t=3,p=4$\(salt)$\(digest)", .malformed(.argon2id)),
        ("$argon2id$v=19$m=065536,t=3,p=4$\(salt)$\(digest)", .malformed(.argon2id)),
        ("$argon2id$v=19$m=65536,t=0,p=4$\(salt)$\(digest)", .malformed(.argon2id)),
        ("$argon2id$v=19$m=8,t=3,p=4$\(salt)$\(digest)", .malformed(.argon2id)),
        ("$argon2id$v=19$m=65536,t=3,p=4$c2E$\(digest)", .malformed(.argon2id)),
        ("$argon2id$v=19$m=65536,t=3,p=4$\(salt)$\(digest)=", .malformed(.argon2id)),
        ("$argon2id$v=19$m=65536,t=3,p=4$\(salt)$MTIzNA", .tooShort(.argon2id)),
        ("$argon2id$v=19$m=262145,t=1,p=4$\(salt)$\(digest)", .tooDear(.argon2id)),
        ("$argon2i$v=19$m=262144,t=5,p=4$\(salt)$\(digest)", .tooDear(.argon2i)),
        ("$argon2d$v=19$m=9999999999,t=9999999999,p=1$\(salt)$\(digest)", .tooDear(.argon2d)),
        ("$argon2d$v=19$m=65536,t=3,p=17$\(salt)$\(digest)", .tooDear(.argon2d)),
        ("$scrypt$ln=14,r=8$\(salt)$\(digest)", .malformed(.scrypt)),
        ("$scrypt$ln=1000,r=8,p=1$\(salt)$\(digest)", .malformed(.scrypt)),
        ("$scrypt$ln=0,r=8,p=1$\(salt)$\(digest)", .malformed(.scrypt)),
        ("$scrypt$ln=19,r=8,p=1$\(salt)$\(digest)", .tooDear(.scrypt)),
        ("$scrypt$ln=31,r=1,p=1$\(salt)$\(digest)", .tooDear(.scrypt)),
        ("$scrypt$ln=4294967296,r=9999999999,p=1$\(salt)$\(digest)", .tooDear(.scrypt)),
        ("$scrypt$ln=1,r=9999999999,p=1$\(salt)$\(digest)", .tooDear(.scrypt)),
        ("$scrypt$ln=18,r=8,p=5$\(salt)$\(digest)", .tooDear(.scrypt)),
        ("$scrypt$ln=14,r=8,p=1$\(salt)$MTIz", .tooShort(.scrypt)),
        ("$pbkdf2-sha256$0$\(salt)$\(digest)", .malformed(.pbkdf2SHA256)),
        ("$pbkdf2-sha256$i=1000,l=31$\(salt)$\(digest)", .malformed(.pbkdf2SHA256)),
        ("$pbkdf2-sha256$2000001$\(salt)$\(digest)", .tooDear(.pbkdf2SHA256)),
        ("$pbkdf2$1000001$\(salt)$\(digest)", .tooDear(.pbkdf2SHA1)),
        ("$pbkdf2-sha512$9999999999$\(salt)$\(digest)", .tooDear(.pbkdf2SHA512)),
        ("pbkdf2_sha256$1000$$\(digest)", .malformed(.pbkdf2SHA256)),
        ("$apr1$saltsaltx$xxxxxxxxxxxxxxxxxxxxxx", .malformed(.apr1)),
        ("$apr1$salt$xxxxxxxxxxxxxxxxxxxxx", .malformed(.apr1)),
        ("$1$salt$xxxxxxxxxxxxxxxxxxxxx!", .malformed(.md5Crypt)),
        ("$6$salt$short", .malformed(.sha512Crypt)),
        ("$6$rounds=999$salt$" + String(repeating: "x", count: 86), .malformed(.sha512Crypt)),
        ("$6$rounds=1000001$salt$" + String(repeating: "x", count: 86), .tooDear(.sha512Crypt)),
        ("$5$rounds=9999999999$salt$" + String(repeating: "x", count: 43), .tooDear(.sha256Crypt)),
        ("$y$j9T$salt$short", .malformed(.yescrypt)),
        ("$y$jFT$salt$" + String(repeating: "x", count: 43), .tooDear(.yescrypt)),
        ("$y$jzT$salt$" + String(repeating: "x", count: 43), .malformed(.yescrypt)),
        ("$y$j9T5$salt$" + String(repeating: "x", count: 43), .malformed(.yescrypt)),
        ("$7$z6..../....salt$" + String(repeating: "x", count: 43), .tooDear(.scryptCrypt)),
        ("$7$C6....$" + String(repeating: "x", count: 43), .malformed(.scryptCrypt)),
    ]

    @Test(arguments: refused)
    func `What is unknown, broken or too dear is refused before any work`(_ text: String, _ error: ForeignHashError) {
        #expect(throws: error) { try ForeignHash(parsing: text) }
    }

    static let allowed = [
        "$argon2id$v=19$m=262144,t=4,p=16$\(salt)$\(digest)", "$scrypt$ln=18,r=8,p=4$\(salt)$\(digest)",
        "$pbkdf2-sha256$2000000$\(salt)$\(digest)", "$pbkdf2$1000000$\(salt)$\(digest)",
        "$6$rounds=1000000$salt$" + String(repeating: "x", count: 86),
        "$y$jDT$salt$" + String(repeating: "x", count: 43),
        "$argon2id$m=65536,t=3,p=4$\(salt)$\(digest)",
    ]

    @Test(arguments: allowed)
    func `What is just within the limits is read`(_ text: String) throws {
        _ = try ForeignHash(parsing: text)
    }

    @Test func `No prefix and no change of a letter of a hash makes the reader fail otherwise`() throws {
        for vector in try ForeignVector.all() where vector.password == "x" {
            let text = Array(vector.passwordHash.utf8)
            for length in 0..<text.count {
                // It may be another hash, but nothing is cut off silently.
                _ = try? ForeignHash(parsing: String(decoding: text[..<length], as: UTF8.self))
                for letter in [0x24, 0x2C, 0x3D, 0x30, 0x7A] as [UInt8] {
                    var changed = text
                    changed[length] = letter
                    _ = try? ForeignHash(parsing: String(decoding: changed, as: UTF8.self))
                }
            }
        }
    }

    @Test func `Neither a hash nor an error prints what was hashed`() throws {
        for vector in try ForeignVector.all() {
            let hash = try ForeignHash(parsing: vector.passwordHash)
            var dumped = ""
            dump(hash, to: &dumped)
            for text in ["\(hash)", dumped, "\(ForeignHashError.tooDear(hash.algorithm))"] {
                #expect(!text.contains(vector.passwordHash.suffix(10)))
            }
        }
    }
}
