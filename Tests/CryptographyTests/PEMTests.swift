import Cryptography
import Foundation
import Testing

@Suite("PEM")
struct PEMTests {
    private func read(_ text: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try PEM.lendPKCS8(text.span) { der in der.indices.map { der[$0] } }
    }

    private func read(_ text: String) throws(CryptographyError) -> [UInt8] { try read(Array(text.utf8)) }

    private func readP256(_ text: String) throws(CryptographyError) -> P256.PrivateKey {
        let der = try read(text)
        return try P256.PrivateKey(pkcs8: der.span)
    }

    private func encode(_ der: [UInt8]) -> String { String(decoding: PEM.encode(pkcs8: der.span), as: UTF8.self) }

    @Test("A key survives, whatever its length", arguments: [1, 2, 3, 46, 47, 48, 49, 95, 96, 97, 138, 1219])
    func roundTrip(count: Int) throws {
        let der = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let text = encode(der)
        #expect(try read(text) == der)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "-----BEGIN PRIVATE KEY-----" && lines.last == "")
        #expect(lines.dropFirst().dropLast(2).allSatisfy { (1...64).contains($0.utf8.count) })
        let body = lines.dropFirst().dropLast(2).joined()
        #expect(body == Data(der).base64EncodedString())
    }

    @Test("Lines may end with CRLF, and white space stand around")
    func whiteSpace() throws {
        let der = P256.PrivateKey.generate().pkcs8()
        let text = encode(der)
        let crlf = text.replacing("\n", with: "\r\n")
        for text in [crlf, String(text.dropLast()), "\n\n " + text + " \t\r\n\n", String(crlf.dropLast())] {
            #expect(try read(text) == der)
        }
        let long = Data(der).base64EncodedString()
        #expect(try read("-----BEGIN PRIVATE KEY-----\n\(long)\n-----END PRIVATE KEY-----") == der)
    }

    @Test("Anything else is refused")
    func refused() throws {
        let text = encode(P256.PrivateKey.generate().pkcs8())
        _ = try read(text)
        let body = text.split(separator: "\n")[1...3].joined(separator: "\n")
        let begin = "-----BEGIN PRIVATE KEY-----"
        let end = "-----END PRIVATE KEY-----"
        let shapes = [
            "", "\n", begin, begin + "\n", "\(begin)\n\(body)", "\(body)\n\(end)", text + "x", text + text,
            "x" + text, "key:\n" + text,
            text.replacing("PRIVATE", with: "PUBLIC"), text.replacing("PRIVATE KEY", with: "CERTIFICATE"),
            text.replacing("PRIVATE KEY", with: "ENCRYPTED PRIVATE KEY"),
            text.replacing("PRIVATE KEY", with: "OPENSSH PRIVATE KEY"),
            text.replacing("PRIVATE KEY", with: "DSA PRIVATE KEY"), text.replacing("END PRIVATE", with: "END PUBLIC"),
            text.replacing("BEGIN PRIVATE", with: "BEGIN EC PRIVATE"), text.replacing("-----", with: "----"),
            text.replacing("BEGIN", with: "begin"), text.replacing(begin, with: begin + " "),
            "\(begin)\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n\(body)\n\(end)\n",
            "\(begin)\n\(body)=\n\(end)\n", "\(begin)\n\(body)A\n\(end)\n", "\(begin)\n\(body) \n\(end)\n",
            "\(begin)\n=\(body)\n\(end)\n", "\(begin)\n-\(body)\n\(end)\n", "\(begin)\nAA=A\n\(end)\n",
            "\(begin)\nA===\n\(end)\n", "\(begin)\nAB==\n\(end)\n", "\(begin)\nAAB=\n\(end)\n",
            "\(begin)\n====\n\(end)\n",
        ]
        for shape in shapes {
            #expect(throws: CryptographyError.malformedKey, "\(shape.prefix(80))") { try read(shape) }
        }
        #expect(try read("\(begin)\nAA==\n\(end)\n") == [0])
        #expect(try read("\(begin)\nAAA=\n\(end)\n") == [0, 0])
    }

    @Test("At most 16 KiB are read")
    func size() throws {
        let text = encode([1, 2, 3])
        let padding = String(repeating: "\n", count: PEM.maximumBytes - text.utf8.count)
        #expect(try read(text + padding) == [1, 2, 3])
        #expect(throws: CryptographyError.malformedKey) { try read(text + padding + "\n") }
    }

    /// Made with OpenSSL 3.0: `openssl ecparam -name prime256v1 -genkey -noout`.
    @Test("SEC 1 and PKCS#1 get the frame of PKCS#8")
    func olderForms() throws {
        // `OtherKeys` has the bytes of a SEC 1 key; PKCS#8's frame holds those of a PKCS#1 key.
        let sec1 = try #require(OtherKeys.all.first { $0.testDescription == "SEC 1 instead of PKCS#8" })
        let point = bytes(hexadecimal: sec1.der)
        let text = encode(point).replacing("PRIVATE KEY", with: "EC PRIVATE KEY")
        let key = try readP256(text)
        #expect(array(key.publicKey.x) == Array(point[57..<89]) && array(key.publicKey.y) == Array(point[89...]))
        #expect(throws: CryptographyError.malformedKey) { try readP256(encode(point)) }

        let pair = try #require(RSAVectors.all).keys[0].pkcs8
        let pkcs1 = Array(pair.dropFirst(26))
        let framed = try read(encode(pkcs1).replacing("PRIVATE KEY", with: "RSA PRIVATE KEY"))
        let rsa = try RSA.PrivateKey(pkcs8: framed.span, padding: .pss)
        #expect(rsa.pkcs8() == Array(pair))
    }
}
