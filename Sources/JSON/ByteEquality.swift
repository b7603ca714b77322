/// Whether two strings are the same code points in the same encoding.
///
/// RFC 8259 §8.3 compares names code unit by code unit, and RFC 7519 §2 strings without any transformation; Swift's `==`
/// compares by canonical equivalence.
package func hasSameBytes(_ left: String, _ right: String) -> Bool {
    // Most strings that are asked about differ, which the first two comparisons see faster.
    left.utf8.count == right.utf8.count && left == right && left.utf8.elementsEqual(right.utf8)
}
