internal import Foundation
internal import Threading

/// Words and passwords that Debian packages list, where they are installed. Nothing of them is part of Gatelodge.
///
/// They are read when the first password is set, which takes about 50 ms once: a process that sets none, such as a CGI process
/// that answers a login, does not pay for them. What is kept is a hash of each word.
package final class Dictionaries: Sendable {
    /// cracklib-runtime, one word a line; python3-zxcvbn, words between commas and quotes.
    package static let debian = [
        "/usr/share/dict/cracklib-small", "/usr/lib/python3/dist-packages/zxcvbn/frequency_lists.py",
    ]

    /// Of a file; far more than those have.
    private static let maximumBytes = 8 << 20

    private let paths: [String]
    /// Sorted; `nil` until it is asked for.
    private let hashes = Locked<[UInt64]?>(nil)

    package init(paths: [String] = debian) {
        self.paths = paths
    }

    /// Whether a password, in canonical form, is one of the words, or one twice.
    package func contain(_ canonical: [UInt8]) -> Bool {
        let words = hashes.withLock { hashes in
            if let hashes { return hashes }
            let read = paths.flatMap(Self.read).sorted()
            hashes = read
            return read
        }
        if words.holds(hash(of: canonical[...])) { return true }
        let half = canonical.count / 2
        return canonical.count == 2 * half && half >= 3 && canonical[..<half] == canonical[half...]
            && words.holds(hash(of: canonical[..<half]))
    }

    private static func read(_ path: String) -> [UInt64] {
        // A package that is not installed, or one of another form, adds nothing.
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: maximumBytes)
        else { return [] }
        var hashes: [UInt64] = []
        var hash = WordHash()
        for byte in [UInt8](data) + [UInt8(ascii: "\n")] {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") {
                hashes.append(hash.value)
                hash = WordHash()
            } else {
                hash.add(byte)
            }
        }
        return hashes
    }

    private func hash(of word: ArraySlice<UInt8>) -> UInt64 {
        var hash = WordHash()
        for byte in word { hash.add(byte) }
        return hash.value
    }
}

/// FNV-1a of 64 bits: two words of a hundred thousand share one with a probability of about 1 in 10⁹, and then a password is
/// refused for nothing.
private struct WordHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
}

extension [UInt64] {
    fileprivate func holds(_ value: UInt64) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle] == value { return true }
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return false
    }
}
