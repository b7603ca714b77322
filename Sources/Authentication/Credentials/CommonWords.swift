/// Words that people take for a password because they were asked for one: what it is, whose it is, what time it is.
enum CommonWords {
    /// How many digits, and how many other marks, before and after a word do not make it a password.
    private static let ignoredDigits = 4
    private static let ignoredMarks = 2

    /// Whether a password, in canonical form, is one of them: with digits or marks around it or in place of letters, or twice.
    static func contain(_ canonical: [UInt8]) -> Bool {
        if isWord(canonical[...]) { return true }
        let leading = canonical.prefix(while: isOrnament).count
        let trailing = canonical[leading...].reversed().prefix(while: isOrnament).count
        for first in 0...leading {
            for last in 0...trailing where first + last < canonical.count {
                let (before, after) = (canonical.prefix(first), canonical.suffix(last))
                guard isLittle(before + after) || first == 0 && isCounting(after) else { continue }
                if isWord(canonical[first..<canonical.count - last]) { return true }
            }
        }
        return false
    }

    private static func isLittle(_ ornaments: [UInt8]) -> Bool {
        let digits = ornaments.count(where: isDigit)
        return digits <= ignoredDigits && ornaments.count - digits <= ignoredMarks
    }

    private static func isLittle(_ ornaments: ArraySlice<UInt8>) -> Bool { isLittle(Array(ornaments)) }

    private static func isCounting(_ digits: ArraySlice<UInt8>) -> Bool {
        !digits.isEmpty && digits.allSatisfy(isDigit) && Keyboard.isWalk(digits)
    }

    private static func isWord(_ text: ArraySlice<UInt8>) -> Bool {
        let half = text.count / 2
        if text.count == 2 * half, text.prefix(half) == text.suffix(half), isWord(exactly: text.prefix(half)) {
            return true
        }
        return isWord(exactly: text)
    }

    private static func isWord(exactly text: ArraySlice<UInt8>) -> Bool {
        if words.contains(Array(text)) { return true }
        // A 1 stands for either of two letters.
        return [UInt8(ascii: "i"), UInt8(ascii: "l")].contains { one in
            words.contains(text.map { $0 == UInt8(ascii: "1") || $0 == UInt8(ascii: "!") ? one : letter(for: $0) })
        }
    }

    private static func letter(for byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0"): UInt8(ascii: "o")
        case UInt8(ascii: "3"): UInt8(ascii: "e")
        case UInt8(ascii: "4"), UInt8(ascii: "@"): UInt8(ascii: "a")
        case UInt8(ascii: "5"), UInt8(ascii: "$"): UInt8(ascii: "s")
        case UInt8(ascii: "7"): UInt8(ascii: "t")
        default: byte
        }
    }

    private static func isOrnament(_ byte: UInt8) -> Bool {
        byte < 0x80 && !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static let words = Set(
        """
        password passwords passwd passwort kennwort motdepasse contraseña contrasena senha parola wachtwoord lösenord
        salasana haslo hasło adgangskode пароль パスワード 密码 密碼 비밀번호
        passphrase passcode passport secret secrets geheim mysecret topsecret mypassword mypass thepassword nopassword
        newpassword oldpassword yourpassword
        admin administrator root superuser sysadmin operator manager server database system support service default login
        logon signin account user username guest visitor member anonymous test tester testing tests demo
        temp temporary backup changeme changeit change replaceme letmein letmeinnow openup openme opensesame sesame enter
        access welcome willkommen bienvenue bienvenido hello hallo bonjour helloworld computer internet security website
        qwerty qwertz azerty abc abcd asdf
        iloveyou iloveme loveyou lovely forever whatever nothing something anything trustno trustme
        january february march april may june july august september october november december
        monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter fall
        januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
        frühling sommer herbst
        sunshine princess football baseball basketball superman batman starwars pokemon dragon monkey butterfly midnight
        shadow master freedom samsung nintendo liverpool mercedes charlie jennifer jessica michelle
        """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
}
