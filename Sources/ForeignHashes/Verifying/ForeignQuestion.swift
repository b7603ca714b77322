internal import Cryptography

/// What a hashing process is asked about a foreign hash, in one packet: a byte that says so, the length of the hash in two
/// bytes, the hash, the password. The answer is that byte and a second one.
struct ForeignQuestion: Sendable {
    /// What the answer says.
    enum Answer: UInt8 {
        case no, yes, impossible
    }

    /// Others than those of the bcrypt jobs.
    private static let tag: UInt8 = 3
    static let maximumPasswordBytes = 1_024

    let hash: ForeignHash
    let password: SecretBytes

    init(_ hash: ForeignHash, _ password: SecretBytes) {
        self.hash = hash
        self.password = password
    }

    /// Reads a packet, or nil for what none of ours would send. The limits are looked at again: who sent it is another process.
    init?(_ packet: borrowing Span<UInt8>) {
        guard packet.count >= 3, packet[0] == Self.tag else { return nil }
        let length = Int(packet[1]) << 8 | Int(packet[2])
        guard length <= ForeignLimits.maximumTextBytes,
            (0...Self.maximumPasswordBytes).contains(packet.count - 3 - length)
        else { return nil }
        let text = String(decoding: (3..<3 + length).map { packet[$0] }, as: UTF8.self)
        // What cannot be read is no question.
        guard let hash = try? ForeignHash(parsing: text) else { return nil }
        self.init(hash, SecretBytes(copying: packet.extracting(last: packet.count - 3 - length)))
    }

    /// Lends the packet for the length of one call; it is wiped afterwards.
    func withPacket<Result>(_ body: (borrowing Span<UInt8>) -> Result) -> Result {
        var packet: [UInt8] = []
        packet.reserveCapacity(3 + ForeignLimits.maximumTextBytes + Self.maximumPasswordBytes)
        defer { wipe(&packet) }
        let text = hash.text.utf8
        packet += [Self.tag, UInt8(text.count >> 8), UInt8(text.count & 255)]
        packet += text
        password.withSpan { password in for index in password.indices { packet.append(password[index]) } }
        return body(packet.span)
    }

    /// Computes the answer; blocks.
    func answer() -> Answer {
        switch password.withSpan({ hash.verify($0) }) {
        case true?: .yes
        case false?: .no
        case nil: .impossible
        }
    }

    static func packet(_ answer: Answer) -> [UInt8] { [tag, answer.rawValue] }

    static func answer(_ packet: borrowing Span<UInt8>) -> Answer? {
        packet.count == 2 && packet[0] == tag ? Answer(rawValue: packet[1]) : nil
    }
}
