/// Why bytes are not the JSON text that we read.
///
/// Offsets count bytes from the start of the text. No case carries any of the text itself: it may hold a password.
public enum JSONError: Error, Equatable, Sendable {
    /// The text is longer than ``JSONLimits/maximumBytes``; nothing of it was read.
    case tooLarge(maximumBytes: Int)
    /// An array or object opens at `offset` below ``JSONLimits/maximumDepth`` others.
    case tooDeep(offset: Int)
    /// The text begins with a byte order mark (RFC 8259 §8.1).
    case byteOrderMark
    /// A byte that the grammar does not allow here.
    case unexpectedByte(offset: Int)
    /// The text ends inside a value, or holds none.
    case unexpectedEnd(offset: Int)
    /// A string holds bytes that are not UTF-8 (RFC 3629).
    case invalidUTF8(offset: Int)
    /// A string holds an unescaped control character (RFC 8259 §7).
    case controlCharacter(offset: Int)
    /// A backslash is followed by something that RFC 8259 §7 does not list.
    case invalidEscape(offset: Int)
    /// An escape names one half of a surrogate pair without the other.
    case loneSurrogate(offset: Int)
    /// A number that RFC 8259 §6 does not allow, such as `01` or `1.`.
    case invalidNumber(offset: Int)
    /// An object names a member twice; the offset is that of the second name.
    case duplicateName(offset: Int)
    /// Something other than white space follows the value.
    case trailingBytes(offset: Int)
}
