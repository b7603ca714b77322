import Storage
import Testing

@Suite("Account ids")
struct AccountIDTests {
    @Test("A random id reads back as itself, and no two are the same")
    func random() {
        let ids = (0..<1_000).map { _ in AccountID.random() }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { AccountID(parsing: $0.text) == $0 })
    }

    @Test(
        "Anything but 32 lower-case hexadecimal digits is no id",
        arguments: [
            "", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0",
            "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef0123456789abcdeg", "0123456789abcdef 123456789abcdef",
            "０123456789abcdef0123456789abc", "0123456789abcdef0123456789abcde\0",
        ])
    func malformed(text: String) {
        #expect(AccountID(parsing: text) == nil)
        #expect(AccountID(parsing: "0123456789abcdef0123456789abcdef") != nil)
    }
}
