import JWT
import TestSupport
import Testing

@Suite("base64url")
struct Base64URLTests {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    @Test(
        "Bytes have the spelling of RFC 4648 §10, without padding and with the other two letters",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"), ("~~\u{7F}?>", "fn5_Pz4"), ("??>", "Pz8-"),
        ])
    func vectors(text: String, spelling: String) {
        #expect(encode(text.utf8) == spelling)
        #expect(decode(spelling) == Array(text.utf8))
    }

    @Test("Every length and every byte survive", arguments: 0...70)
    func roundTrip(count: Int) {
        for offset in stride(from: 0, to: 256, by: 37) {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 3 + offset) }
            let spelling = encode(bytes)
            #expect(spelling.utf8.count == (count * 4 + 2) / 3)
            #expect(decode(spelling) == bytes)
        }
    }

    @Test("Of the last letters only those whose unused bits are zero are read", .promise(42))
    func lastLetter() {
        for (value, letter) in Self.alphabet.enumerated() {
            // Two letters hold one byte and four bits too many, three letters two bytes and two bits.
            let two = decode([Self.alphabet[3], letter])
            #expect((two != nil) == (value % 16 == 0), "\(letter)")
            let three = decode([Self.alphabet[3], Self.alphabet[5], letter])
            #expect((three != nil) == (value % 4 == 0), "\(letter)")
            #expect(decode([Self.alphabet[3], Self.alphabet[5], Self.alphabet[7], letter]) != nil)
            #expect(decode([letter]) == nil)
        }
    }

    @Test("Every other byte is refused at every place", .promise(40))
    func foreignBytes() {
        for byte in UInt8.min...UInt8.max where !Self.alphabet.contains(byte) {
            for count in 2...8 where count % 4 != 1 {
                for place in 0..<count {
                    var text = [UInt8](repeating: UInt8(ascii: "A"), count: count)
                    let control = decode(text)
                    text[place] = byte
                    let decoded = decode(text)
                    #expect(control != nil && decoded == nil, "\(byte) at \(place) of \(count)")
                }
            }
        }
    }

    @Test(
        "Padding and white space are refused", arguments: ["Zg==", "Zg=", "Zm8=", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9v="])
    func padding(text: String) {
        #expect(decode(text) == nil)
    }
}
