import JWT
import Testing

@Suite("Unix time")
struct UnixTimeTests {
    @Test("Times are moved by whole seconds")
    func arithmetic() {
        #expect(UnixTime(10) + .seconds(5) == UnixTime(15))
        #expect(UnixTime(10) - .seconds(25) == UnixTime(-15))
        #expect(UnixTime(10) + .milliseconds(1999) == UnixTime(11))
        #expect(UnixTime(1) < UnixTime(2))
    }

    @Test("Time stops at its ends")
    func saturation() {
        #expect(UnixTime(.max) + .seconds(1) == UnixTime(.max))
        #expect(UnixTime(.min) - .seconds(1) == UnixTime(.min))
        #expect(UnixTime(.min) + .seconds(-1) == UnixTime(.min))
        #expect(UnixTime(.max) - .seconds(-1) == UnixTime(.max))
    }

    @Test("Now is after this was written")
    func now() {
        #expect(UnixTime.now > UnixTime(1_700_000_000))
    }
}
