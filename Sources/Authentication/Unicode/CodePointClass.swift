internal import CUnicode

/// What the rules for usernames need to know of a code point, from the tables that normalise it as well: a code point
/// that those do not know yet could get another form with the next version.
package enum CodePointClass {
    case control
    case format
    case unassigned
    case other

    package init(_ codePoint: Unicode.Scalar) {
        switch utf8proc_category(Int32(codePoint.value)) {
        case UTF8PROC_CATEGORY_CC: self = .control
        case UTF8PROC_CATEGORY_CF: self = .format
        case UTF8PROC_CATEGORY_CN: self = .unassigned
        default: self = .other
        }
    }
}
