internal import JSON
internal import JWT

/// Claims that are read say what the JSON says, and no time makes judging them trap.
func fuzzClaims(_ bytes: borrowing Span<UInt8>) {
    let claims: RegisteredClaims
    do throws(JWTError) {
        claims = try RegisteredClaims(parsing: bytes)
    } catch {
        return
    }
    for now in [Int64.min, -1, 0, 1_800_000_000, .max] {
        for leeway in [Duration.zero, RegisteredClaims.maximumLeeway] {
            do throws(JWTError) {
                try claims.checkTimes(at: UnixTime(now), leeway: leeway)
                precondition(claims.expiry != nil, "a token without expiry is valid")
                precondition(
                    leeway != .zero || claims.expiry.map { $0.seconds > now } == true, "an expired token is valid")
            } catch {
                continue
            }
        }
    }
    do throws(JSONError) {
        let value = try JSONValue(parsing: bytes)
        precondition(value.objectValue?["exp"]?.integerValue == claims.expiry?.seconds, "the expiry is another one")
        precondition(value.objectValue?["sub"]?.stringValue == claims.subject, "the subject is another one")
    } catch {
        preconditionFailure("claims were read of what is no JSON")
    }
}
