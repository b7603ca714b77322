/// The passwords that everybody tries first.
///
/// A short list of our own making; it covers the worst habits (keyboard rows, counting, "password" and its kin), not a
/// breach corpus.
enum CommonPasswords {
    /// Whether a password, in canonical form, is one of them.
    static func contains(_ canonical: [UInt8]) -> Bool {
        known.contains(canonical)
    }

    private static let known = Set(
        """
        00000000 11111111 22222222 33333333 44444444 55555555 66666666 77777777 88888888 99999999
        000000000 111111111 0000000000 1111111111 01234567 012345678 0123456789
        12345678 123456789 1234567890 12345678910 123123123 12341234 12344321 123454321 1234567a a1234567 12345678a
        87654321 987654321 9876543210 11223344 112233445566 13131313 12121212 10203040 147258369 147852369 123456abc
        qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwertz123 qwertzui qwertzuiop azertyui azertyuiop
        asdfghjk asdfghjkl asdfasdf zxcvbnm1 zxcvbnm123 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 qazwsxedc qweasdzxc
        abcdefgh abcdefghi abcd1234 abc12345 abc123456 abcabcabc aaaaaaaa aaaaaaaaa a1b2c3d4 aa123456
        password password1 password12 password123 password1234 password! passw0rd p@ssw0rd p@ssword pa$$word passpass
        passwort passwort1 kennwort geheim123 motdepasse contraseña contrasena parola123 passport
        letmein1 letmein123 letmeinnow welcome1 welcome12 welcome123 changeme changeme1 changeme123 changeit default1
        administrator admin123 admin1234 admin12345 adminadmin root1234 rootroot test1234 testtest testing1 testing123
        guest123 user1234 temp1234 secret12 secret123 mysecret topsecret trustno1 iloveyou iloveyou1 iloveyou2 sunshine
        sunshine1 princess princess1 football football1 baseball baseball1 basketball superman superman1 starwars
        computer computer1 internet whatever dragon12 dragon123 monkey12 monkey123 michelle jennifer jessica1 charlie1
        samsung1 pokemon1 liverpool metallica mercedes corvette butterfly nintendo midnight hello123 helloworld
        """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
}
