internal import CUnicode
internal import Cryptography

/// A normalisation form of libutf8proc's.
///
/// Foundation's and the standard library's are not used: two lines of NormalizationTest fail with Foundation's, and
/// stored names must not change with the toolchain.
package enum UnicodeForm {
    /// Canonical composition (UAX #15).
    case nfc
    /// Compatibility composition, case-folded, default-ignorable code points removed (The Unicode Standard §3.13).
    case nfkcCasefold

    /// The form of a text as UTF-8, or `nil` where the text is not valid UTF-8.
    ///
    /// All buffers are wiped: the text may be a password. Costs a few times the length; bound that first.
    package func apply(to text: borrowing Span<UInt8>) -> [UInt8]? {
        guard text.count > 0 else { return [] }
        let options = self == .nfc ? gatelodge_nfc : gatelodge_nfkc_casefold
        // Most texts hold no more code points after decomposition than bytes before it.
        var scratch = [Int32](repeating: 0, count: text.count + 1)
        defer { wipe(&scratch) }
        var count = decompose(text, options, into: &scratch)
        if count >= scratch.count {
            wipe(&scratch)
            scratch = [Int32](repeating: 0, count: count + 1)
            count = decompose(text, options, into: &scratch)
        }
        guard count >= 0 else { return nil }
        // Composes in place and overwrites the code points with UTF-8 and a NUL: one element more than `count` suffices.
        let length = unsafe scratch.withUnsafeMutableBufferPointer { buffer in
            unsafe utf8proc_reencode(buffer.baseAddress, count, options)
        }
        guard length >= 0 else { return nil }
        return unsafe scratch.withUnsafeBytes { unsafe Array($0.prefix(length)) }
    }

    /// How many code points the text decomposes into, negative for invalid UTF-8; what does not fit is not written.
    private func decompose(
        _ text: borrowing Span<UInt8>, _ options: utf8proc_option_t, into scratch: inout [Int32]
    ) -> Int {
        unsafe text.withUnsafeBufferPointer { text in
            unsafe scratch.withUnsafeMutableBufferPointer { scratch in
                // One element stays free for the NUL of `utf8proc_reencode`.
                unsafe utf8proc_decompose(
                    text.baseAddress, text.count, scratch.baseAddress, scratch.count - 1, options)
            }
        }
    }
}

private func wipe(_ codePoints: inout [Int32]) {
    var bytes = codePoints.mutableSpan
    for index in bytes.indices { bytes[index] = 0 }
}
