/// Where a lane's words stand, and the steps of Blowfish (Schneier 1994) on one lane.
enum LaneLayout {
    /// The P-array and the four S-boxes, which the key schedule rewrites.
    static let tableWords = 18 + 4 * 256

    /// Then the key, repeated to the length of the P-array, and the salt.
    static let key = tableWords
    static let salt = key + 18

    /// From lane to lane: 67 cache lines, an odd number, so that equal places of neighbours do not share a cache set.
    static let stride = 67 * 16

    /// Blowfish's F.
    @inline(__always)
    static func substitute(_ half: UInt32, _ tables: UnsafeMutablePointer<UInt32>) -> UInt32 {
        let boxes = unsafe tables + 18
        let first = unsafe boxes[Int(half &>> 24)]
        let second = unsafe boxes[256 &+ Int(half &>> 16 & 255)]
        let third = unsafe boxes[512 &+ Int(half &>> 8 & 255)]
        let fourth = unsafe boxes[768 &+ Int(half & 255)]
        return ((first &+ second) ^ third) &+ fourth
    }

    /// One block through the sixteen rounds.
    @inline(__always)
    static func encrypt(_ left: inout UInt32, _ right: inout UInt32, _ tables: UnsafeMutablePointer<UInt32>) {
        unsafe left ^= tables[0]
        var round = 1
        while round < 17 {
            unsafe right ^= tables[round] ^ substitute(left, tables)
            unsafe left ^= tables[round &+ 1] ^ substitute(right, tables)
            round &+= 2
        }
        unsafe right ^= tables[17]
        (left, right) = (right, left)
    }

    /// The key over the P-array.
    @inline(__always)
    static func mixKey(_ tables: UnsafeMutablePointer<UInt32>) {
        for index in 0..<18 { unsafe tables[index] ^= tables[key &+ index] }
    }

    /// The salt, repeated, over the P-array.
    @inline(__always)
    static func mixSalt(_ tables: UnsafeMutablePointer<UInt32>) {
        for index in 0..<18 { unsafe tables[index] ^= tables[salt &+ (index & 3)] }
    }
}
