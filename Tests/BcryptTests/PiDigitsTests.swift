import Bcrypt
import Testing

@Suite("Pi")
struct PiDigitsTests {
    /// A fraction below one, most significant word first.
    private struct Fraction {
        var words: [UInt32]
        private var leadingZeros = 0

        init(_ numerator: UInt32, over divisor: UInt32, wordCount: Int) {
            words = [UInt32](repeating: 0, count: wordCount)
            var remainder = UInt64(numerator)
            for index in words.indices {
                words[index] = UInt32((remainder << 32) / UInt64(divisor))
                remainder = (remainder << 32) % UInt64(divisor)
            }
        }

        var isZero: Bool { leadingZeros == words.count }

        mutating func divide(by divisor: UInt32) {
            var remainder: UInt64 = 0
            for index in leadingZeros..<words.count {
                let dividend = remainder << 32 | UInt64(words[index])
                words[index] = UInt32(dividend / UInt64(divisor))
                remainder = dividend % UInt64(divisor)
            }
            while leadingZeros < words.count && words[leadingZeros] == 0 { leadingZeros += 1 }
        }

        /// Modulo one: the whole part of a sum is not wanted.
        mutating func add(_ other: Fraction, times factor: Int64) {
            var carry: Int64 = 0
            for index in words.indices.reversed() {
                carry += Int64(words[index]) + factor * Int64(other.words[index])
                words[index] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
        }
    }

    @Test("The first tables are pi's fraction, by Størmer's formula of 1896")
    func stoermer() {
        // pi = 176 atan(1/57) + 28 atan(1/239) - 48 atan(1/682) + 96 atan(1/12943)
        let wordCount = PiDigits.words.count + 2
        var pi = Fraction(0, over: 1, wordCount: wordCount)
        for (factor, denominator): (Int64, UInt32) in [(176, 57), (28, 239), (-48, 682), (96, 12943)] {
            var power = Fraction(1, over: denominator, wordCount: wordCount)
            var divisor: UInt32 = 1
            while !power.isZero {
                var term = power
                term.divide(by: divisor)
                pi.add(term, times: divisor % 4 == 1 ? factor : -factor)
                power.divide(by: denominator * denominator)
                divisor += 2
            }
        }
        let isEqual = PiDigits.words.indices.allSatisfy { PiDigits.words[$0] == pi.words[$0] }
        #expect(isEqual)
        #expect(pi.words[0] == 0x243f_6a88)
    }
}
