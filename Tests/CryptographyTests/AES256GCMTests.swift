import Cryptography
import Testing

@Suite("AES-256-GCM")
struct AES256GCMTests {
    private let key = Self.secret((0..<32).map { UInt8($0) })
    private let message = [UInt8]("a private key, sealed".utf8)
    private let data = [UInt8]("kid-1".utf8)

    private static func secret(_ bytes: [UInt8]) -> SecretBytes { SecretBytes(copying: bytes.span) }

    private func seal(_ message: [UInt8], _ data: [UInt8]) -> [UInt8] {
        AES256GCM.seal(message.span, key: key, authenticating: data.span)
    }

    private func open(_ box: [UInt8], _ data: [UInt8], key: SecretBytes? = nil) -> [UInt8]? {
        AES256GCM.open(box.span, key: key ?? self.key, authenticating: data.span)
    }

    /// The first two with a key of zeros are cases 13 and 14 of McGrew and Viega's specification of GCM; the others
    /// were made with Python's `cryptography` 50.0.2: `AESGCM(bytes(range(32))).encrypt(bytes(range(12)), message,
    /// data)`.
    private struct Vector {
        let isZero: Bool
        let message: [UInt8]
        let data: String
        let sealed: String
    }

    private static let vectors = [
        Vector(isZero: true, message: [], data: "", sealed: "530f8afbc74536b9a963b4f1c4cb738b"),
        Vector(
            isZero: true, message: [UInt8](repeating: 0, count: 16), data: "",
            sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        Vector(
            isZero: false, message: Array("a private key, sealed".utf8), data: "kid-1",
            sealed: "2622a669ac93a36fe861fceec8c5581ee6b7eb5194ec6be5cbedbcc85a01c5a5482a6a44d9"),
        Vector(isZero: false, message: [], data: "kid-1", sealed: "3da588957a20c75b17f2931ba226376d"),
        Vector(
            isZero: false, message: [UInt8](repeating: 0x78, count: 37), data: "",
            sealed: "3f7aae63bd9dba63f539eff3c9910015fbaeff4c88032704401f9dfd651178ca"
                + "7968d684d7eaa91798aa5209bfdc55ac1c2c594594"),
    ]

    @Test("Published and foreign vectors come out and are opened", arguments: 0..<5)
    func vectors(number: Int) {
        let vector = Self.vectors[number]
        let key = vector.isZero ? Self.secret([UInt8](repeating: 0, count: 32)) : self.key
        let nonce = vector.isZero ? [UInt8](repeating: 0, count: 12) : (0..<12).map { UInt8($0) }
        let box = AES256GCM.seal(
            vector.message.span, key: key, nonce: nonce.span, authenticating: vector.data.utf8.span)
        #expect(box == nonce + bytes(hexadecimal: vector.sealed))
        #expect(open(box, Array(vector.data.utf8), key: key) == vector.message)
    }

    @Test("What is sealed is opened, whatever its length", arguments: [0, 1, 15, 16, 17, 1000, 20_000])
    func roundTrip(count: Int) {
        let message = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let box = seal(message, data)
        #expect(box.count == count + AES256GCM.overheadBytes)
        #expect(open(box, data) == message)
        #expect(open(seal(message, []), []) == message)
    }

    @Test("Every flipped bit is refused")
    func flippedBits() {
        let box = seal(message, data)
        #expect(open(box, data) == message)
        for bit in 0..<box.count * 8 {
            var other = box
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(open(other, data) == nil, "bit \(bit)")
        }
        for bit in 0..<data.count * 8 {
            var other = data
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(open(box, other) == nil, "bit \(bit) of the data")
        }
        for bit in 0..<256 {
            var other = (0..<32).map { UInt8($0) }
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(open(box, data, key: Self.secret(other)) == nil, "bit \(bit) of the key")
        }
    }

    @Test("A box that is cut or lengthened, and other data, are refused")
    func lengths() {
        let box = seal(message, data)
        for count in 0..<box.count { #expect(open(Array(box[..<count]), data) == nil) }
        #expect(open(box + [0], data) == nil)
        #expect(open(Array(box[1...]), data) == nil)
        #expect(open(box, []) == nil)
        #expect(open(box, data + [0]) == nil)
        // A byte must not wander from the data to the message.
        #expect(open(seal(message, []), data) == nil)
    }

    @Test("No two boxes are the same")
    func nonces() {
        let boxes = (0..<1000).map { _ in seal(message, data) }
        #expect(Set(boxes).count == 1000)
        #expect(Set(boxes.map { $0[..<12] }).count == 1000)
    }
}
