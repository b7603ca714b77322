internal import JSON

extension JSONObject {
    /// A string that is not empty; `nil` where the claim is absent.
    func string(_ claim: Claim) throws(JWTError) -> String? {
        guard let value = self[claim.rawValue] else { return nil }
        guard let string = value.stringValue, !string.isEmpty else { throw .invalidClaim(claim) }
        return string
    }

    /// An integer; `nil` where the claim is absent.
    func time(_ claim: Claim) throws(JWTError) -> UnixTime? {
        guard let value = self[claim.rawValue] else { return nil }
        guard let seconds = value.integerValue else { throw .invalidClaim(claim) }
        return UnixTime(seconds)
    }

    /// An integer from 0 on; `nil` where the claim is absent.
    func count(_ claim: Claim) throws(JWTError) -> Int64? {
        guard let value = self[claim.rawValue] else { return nil }
        guard let count = value.integerValue, count >= 0 else { throw .invalidClaim(claim) }
        return count
    }

    /// An array of strings that are not empty, or where `orOne` says so one such string; `nil` where the claim is absent.
    func strings(_ claim: Claim, orOne: Bool = false) throws(JWTError) -> [String]? {
        guard let value = self[claim.rawValue] else { return nil }
        if orOne, let string = value.stringValue, !string.isEmpty { return [string] }
        guard let elements = value.arrayValue else { throw .invalidClaim(claim) }
        var strings: [String] = []
        strings.reserveCapacity(elements.count)
        for element in elements {
            guard let string = element.stringValue, !string.isEmpty else { throw .invalidClaim(claim) }
            strings.append(string)
        }
        return strings
    }
}
