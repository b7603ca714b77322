internal import Bcrypt

/// A hash string that is read is printed as it was read: it has one spelling.
func fuzzHash(_ bytes: borrowing Span<UInt8>) {
    let text = String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
    do throws(BcryptError) {
        let hash = try BcryptHash(parsing: text)
        precondition(hash.description.utf8.elementsEqual(text.utf8), "a hash has a second spelling")
        precondition((4...31).contains(hash.cost), "a cost that bcrypt does not know")
    } catch {
        return
    }
}
