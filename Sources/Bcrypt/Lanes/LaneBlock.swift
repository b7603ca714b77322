internal import Glibc

/// The memory of up to ``maximumCount`` lanes: one piece, so that each lane's tables stand at a constant offset.
///
/// Everything in it is secret; it is wiped lane by lane as they end, and whole at the end.
@safe
struct LaneBlock: ~Copyable {
    /// 32 KiB of first-level data cache hold the tables of seven lanes.
    static let maximumCount = 7

    private let words: UnsafeMutablePointer<UInt32>
    private let count: Int

    init(count: Int) {
        precondition((1...Self.maximumCount).contains(count))
        self.count = count
        let bytes = count * LaneLayout.stride * 4
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        unsafe words = memory.initializeMemory(as: UInt32.self, repeating: 0, count: count * LaneLayout.stride)
    }

    deinit {
        unsafe explicit_bzero(words, count * LaneLayout.stride * 4)
        unsafe UnsafeMutableRawPointer(words).deallocate()
    }

    /// bcrypt's `EksBlowfishSetup` up to its loop (Provos and Mazières 1999, §3).
    func begin(_ lane: Int, salt: [16 of UInt8], key: borrowing Span<UInt8>, isAltered: Bool = false) {
        precondition(!key.isEmpty)
        let tables = unsafe tables(lane)
        for index in 0..<LaneLayout.tableWords { unsafe tables[index] = PiDigits.words[index] }
        if isAltered { unsafe tables[0] ^= 0x1_0000 }
        var position = 0
        for index in 0..<18 {
            var word: UInt32 = 0
            for _ in 0..<4 {
                word = word << 8 | UInt32(key[position])
                position = position + 1 == key.count ? 0 : position + 1
            }
            unsafe tables[LaneLayout.key + index] = word
        }
        for index in 0..<4 {
            var word: UInt32 = 0
            for byte in 0..<4 { word = word << 8 | UInt32(salt[4 * index + byte]) }
            unsafe tables[LaneLayout.salt + index] = word
        }
        unsafe LaneLayout.mixKey(tables)
        var (left, right): (UInt32, UInt32) = (0, 0)
        for index in stride(from: 0, to: LaneLayout.tableWords, by: 2) {
            unsafe left ^= tables[LaneLayout.salt + index % 4]
            unsafe right ^= tables[LaneLayout.salt + index % 4 + 1]
            unsafe LaneLayout.encrypt(&left, &right, tables)
            unsafe tables[index] = left
            unsafe tables[index + 1] = right
        }
    }

    /// Runs the cost loop of the first lanes side by side.
    func run(lanes: Int, rounds: Int) {
        switch lanes {
        case 1: unsafe Lanes<1>.run(words, rounds: rounds)
        case 2: unsafe Lanes<2>.run(words, rounds: rounds)
        case 3: unsafe Lanes<3>.run(words, rounds: rounds)
        case 4: unsafe Lanes<4>.run(words, rounds: rounds)
        case 5: unsafe Lanes<5>.run(words, rounds: rounds)
        case 6: unsafe Lanes<6>.run(words, rounds: rounds)
        case 7: unsafe Lanes<7>.run(words, rounds: rounds)
        default: preconditionFailure("no such number of lanes")
        }
    }

    /// What a lane's tables make of "OrpheanBeholderScryDoubt" in 64 turns, without its last byte.
    func digest(_ lane: Int) -> [23 of UInt8] {
        let tables = unsafe tables(lane)
        var digest = [23 of UInt8](repeating: 0)
        let text = Array("OrpheanBeholderScryDoubt".utf8)
        for start in stride(from: 0, to: 24, by: 8) {
            var left: UInt32 = 0
            var right: UInt32 = 0
            for index in start..<start + 4 {
                left = left << 8 | UInt32(text[index])
                right = right << 8 | UInt32(text[index + 4])
            }
            for _ in 0..<64 { unsafe LaneLayout.encrypt(&left, &right, tables) }
            let block = UInt64(left) << 32 | UInt64(right)
            for index in 0..<8 where start + index < 23 {
                digest[start + index] = UInt8(truncatingIfNeeded: block >> (56 - 8 * UInt64(index)))
            }
        }
        return digest
    }

    /// Wipes a lane that has ended; the last one takes its place, so that the first `lanes - 1` are those that go on.
    func end(_ lane: Int, of lanes: Int) {
        let last = lanes - 1
        if lane != last { unsafe tables(lane).update(from: tables(last), count: LaneLayout.stride) }
        unsafe explicit_bzero(tables(last), LaneLayout.stride * 4)
    }

    private func tables(_ lane: Int) -> UnsafeMutablePointer<UInt32> {
        precondition((0..<count).contains(lane))
        return unsafe words + lane * LaneLayout.stride
    }
}
