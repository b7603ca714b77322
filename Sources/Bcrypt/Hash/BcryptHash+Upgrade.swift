extension BcryptHash {
    /// Whether a password that verified is the whole of the one that was hashed, and not only its beginning.
    ///
    /// `$2a$` and `$2y$` hashes come from programs that cut passwords off after 72 bytes: of one that long they say
    /// nothing about what follows. A shorter one is known to its end, because the NUL after it was hashed as well.
    public func provesWhole(_ password: borrowing Span<UInt8>) -> Bool {
        switch scheme {
        case .bcrypt2a, .bcrypt2y: password.count < BcryptKey.maximumBytes
        case .bcrypt2b, .bcryptSHA256: true
        }
    }
}
