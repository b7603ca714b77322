import JSON
import Testing

@Suite("Writing JSON")
struct JSONWritingTests {
    @Test(
        "Values are written compactly and in order",
        arguments: [
            (nil, "null"), (true, "true"), (-7, "-7"), ("vicky", #""vicky""#), ([], "[]"), ([:], "{}"),
            (["b": 1, "a": [nil, false, "x"]], #"{"b":1,"a":[null,false,"x"]}"#),
            (.integer(.min), "-9223372036854775808"),
        ] as [(JSONValue, String)])
    func values(value: JSONValue, expected: String) {
        #expect(String(decoding: value.serialized(), as: UTF8.self) == expected)
    }

    @Test("Only what must be escaped is")
    func escapes() throws {
        for byte in UInt8(0)..<0x20 {
            let value = JSONValue.string(String(UnicodeScalar(byte)))
            let text = value.serialized()
            #expect(text[1] == UInt8(ascii: "\\") && !text.contains(byte))
            #expect(try parse(text) == value)
        }
        #expect(JSONValue.string("\"\\").serialized() == [UInt8](#""\"\\""#.utf8))
        #expect(JSONValue.string("\u{1}\u{1f}\n").serialized() == [UInt8](#""\u0001\u001f\n""#.utf8))
        #expect(JSONValue.string("/<\u{7F}\u{2028}é😀").serialized() == [UInt8]("\"/<\u{7F}\u{2028}é😀\"".utf8))
    }

    @Test("Names are escaped like strings")
    func names() throws {
        let value: JSONValue = ["a\"b\n": 1]
        #expect(value.serialized() == [UInt8](#"{"a\"b\n":1}"#.utf8))
        #expect(try parse(value.serialized()) == value)
    }

    @Test("Setting a member keeps its place, adds it last, or removes it")
    func subscripts() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = nil
        object["d"] = .null
        object["b"] = nil
        #expect(object == ["a": 3, "d": nil])
        #expect(object != ["d": nil, "a": 3])
    }
}
