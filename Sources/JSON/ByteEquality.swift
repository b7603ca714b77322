/// Whether two strings are the same code points in the same encoding.
///
/// RFC 8259 §8.3 compares names code unit by code unit, and RFC 7519 §2 strings without any transformation; Swift's `==`
/// compares by canonical equivalence.
package func hasSameBytes(_ left: String, _ right: String) -> Bool {
    let left = left.utf8
    let right = right.utf8
    return left.count == right.count && left.elementsEqual(right)
}
