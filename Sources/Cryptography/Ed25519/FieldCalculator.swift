internal import COpenSSL

/// Arithmetic modulo 2²⁵⁵ − 19, on public numbers alone: it takes no constant time and is as fast as a key that is
/// loaded once needs.
///
/// - Precondition: there is memory; OpenSSL's numbers fail for nothing else.
@safe final class FieldCalculator {
    /// Belongs to the calculator that made it and is no longer than that.
    @safe struct Element {
        fileprivate let number: OpaquePointer
    }

    private let context: OpaquePointer
    private let prime: OpaquePointer

    init() {
        guard let context = unsafe BN_CTX_new() else { preconditionFailure("out of memory") }
        unsafe self.context = context
        unsafe BN_CTX_start(context)
        guard let prime = unsafe BN_CTX_get(context) else { preconditionFailure("out of memory") }
        unsafe self.prime = prime
        let status = unsafe BN_set_bit(prime, 255) & BN_sub_word(prime, 19)
        precondition(status == 1, "out of memory")
    }

    deinit {
        unsafe BN_CTX_end(context)
        unsafe BN_CTX_free(context)
    }

    /// A number from its bytes; `nil` where it is not below the prime.
    func element(littleEndian bytes: borrowing Span<UInt8>) -> Element? {
        let result = makeElement()
        let number = unsafe bytes.withUnsafeBytes { bytes in
            unsafe BN_lebin2bn(
                bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(bytes.count), result.number)
        }
        unsafe precondition(number != nil, "out of memory")
        return unsafe BN_cmp(result.number, prime) < 0 ? result : nil
    }

    /// A small number.
    func element(_ number: UInt) -> Element {
        let result = makeElement()
        let status = unsafe BN_set_word(result.number, number)
        precondition(status == 1, "out of memory")
        return result
    }

    func multiply(_ left: Element, _ right: Element) -> Element {
        let result = makeElement()
        let status = unsafe BN_mod_mul(result.number, left.number, right.number, prime, context)
        precondition(status == 1, "out of memory")
        return result
    }

    func subtract(_ left: Element, _ right: Element) -> Element {
        let result = makeElement()
        let status = unsafe BN_mod_sub(result.number, left.number, right.number, prime, context)
        precondition(status == 1, "out of memory")
        return result
    }

    func isZero(_ element: Element) -> Bool { unsafe BN_is_zero(element.number) == 1 }

    /// Euler's criterion, by the Legendre symbol.
    func isSquareAndNotZero(_ element: Element) -> Bool { unsafe BN_kronecker(element.number, prime, context) == 1 }

    private func makeElement() -> Element {
        guard let number = unsafe BN_CTX_get(context) else { preconditionFailure("out of memory") }
        return unsafe Element(number: number)
    }
}
