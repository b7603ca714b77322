internal import Bcrypt
internal import ForeignHashes

/// A hash string that is read is printed as it was read: it has one spelling. One that another program made keeps its own, and is
/// none of bcrypt's.
func fuzzHash(_ bytes: borrowing Span<UInt8>) {
    let text = String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
    if let foreign = try? ForeignHash(parsing: text) {
        precondition(foreign.text.utf8.elementsEqual(text.utf8), "a foreign hash has a second spelling")
        precondition((try? BcryptHash(parsing: text)) == nil, "a hash of two kinds")
    }
    do throws(BcryptError) {
        let hash = try BcryptHash(parsing: text)
        precondition(hash.description.utf8.elementsEqual(text.utf8), "a hash has a second spelling")
        precondition((4...31).contains(hash.cost), "a cost that bcrypt does not know")
    } catch {
        return
    }
}
