/// `count` bcrypt computations interleaved in one stream of instructions.
///
/// Blowfish's rounds depend on one another: each waits for four table loads of the one before, and a core that runs one bcrypt is
/// idle for most of its cycles. Lanes do not depend on one another, so their rounds fill each other's waiting.
///
/// The count is a constant of the generated code: the loops over lanes are unrolled, the halves of the blocks live in
/// registers, and the tables stand at constant offsets from one base address (``LaneBlock``).
enum Lanes<let count: Int> {
    /// Runs the cost loop of the first `count` lanes: per round one key schedule with the key and one with the salt.
    @inline(never)
    static func run(_ words: UnsafeMutablePointer<UInt32>, rounds: Int) {
        for _ in 0..<rounds {
            for lane in 0..<count { unsafe LaneLayout.mixKey(words + lane &* LaneLayout.stride) }
            unsafe rebuild(words)
            for lane in 0..<count { unsafe LaneLayout.mixSalt(words + lane &* LaneLayout.stride) }
            unsafe rebuild(words)
        }
    }

    /// Blowfish's key schedule: replaces each two words of the P-array, then of the S-boxes, by the block encrypted with all
    /// that has been replaced so far.
    @inline(__always)
    private static func rebuild(_ words: UnsafeMutablePointer<UInt32>) {
        var left = [count of UInt32](repeating: 0)
        var right = [count of UInt32](repeating: 0)
        var position = 0
        while position < LaneLayout.tableWords {
            for lane in 0..<count { unsafe left[unchecked: lane] ^= words[lane &* LaneLayout.stride] }
            if count <= 4 {
                // The loop keeps the compiler from chaining all xors of the block, which a single lane waits for.
                var round = 1
                while round < 17 {
                    unsafe turn(round, &left, &right, words)
                    round &+= 2
                }
            } else {
                // The halves alone fill the registers: none is left for a loop's counter.
                unsafe turn(1, &left, &right, words)
                unsafe turn(3, &left, &right, words)
                unsafe turn(5, &left, &right, words)
                unsafe turn(7, &left, &right, words)
                unsafe turn(9, &left, &right, words)
                unsafe turn(11, &left, &right, words)
                unsafe turn(13, &left, &right, words)
                unsafe turn(15, &left, &right, words)
            }
            for lane in 0..<count {
                let tables = unsafe words + lane &* LaneLayout.stride
                unsafe right[unchecked: lane] ^= tables[17]
                unsafe tables[position] = right[unchecked: lane]
                unsafe tables[position &+ 1] = left[unchecked: lane]
            }
            swap(&left, &right)
            position &+= 2
        }
    }

    /// Two rounds of all lanes, the first with that word of the P-array.
    @inline(__always)
    private static func turn(
        _ round: Int, _ left: inout [count of UInt32], _ right: inout [count of UInt32],
        _ words: UnsafeMutablePointer<UInt32>
    ) {
        for lane in 0..<count {
            let tables = unsafe words + lane &* LaneLayout.stride
            unsafe right[unchecked: lane] ^= tables[round] ^ LaneLayout.substitute(left[unchecked: lane], tables)
        }
        for lane in 0..<count {
            let tables = unsafe words + lane &* LaneLayout.stride
            unsafe left[unchecked: lane] ^= tables[round &+ 1] ^ LaneLayout.substitute(right[unchecked: lane], tables)
        }
    }
}
