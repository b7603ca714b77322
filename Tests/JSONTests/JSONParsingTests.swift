import JSON
import TestSupport
import Testing

@Suite("Reading JSON")
struct JSONParsingTests {
    @Test("Each kind of value is read")
    func kinds() throws {
        #expect(try parse(" null ") == nil)
        #expect(try parse("true") == true)
        #expect(try parse("false") == false)
        #expect(try parse("-12") == -12)
        #expect(try parse(#""vicky""#) == "vicky")
        #expect(try parse("[]") == [])
        #expect(try parse("{}") == [:])
        #expect(try parse("[1,[2],{\"a\":[]}]") == [1, [2], ["a": []]])
        #expect(try parse("\t{ \"b\" : 1 ,\r\n\"a\" : null }\n") == ["b": 1, "a": nil])
    }

    @Test("An object keeps its order and finds members by name")
    func objects() throws {
        let object = try #require(try parse(#"{"b":1,"a":2,"":3}"#).objectValue)
        #expect(object.members.map(\.name) == ["b", "a", ""])
        #expect(object["a"] == 2)
        #expect(object[""] == 3)
        #expect(object["c"] == nil)
        #expect(try parse(#"{"b":1,"a":2}"#) != parse(#"{"a":2,"b":1}"#))
    }

    @Test("Names and strings are told apart by their bytes, not by canonical equivalence")
    func byteEquality() throws {
        let kelvin = try #require(try parse("{\"\u{212A}\":1,\"K\":2}").objectValue)
        #expect(kelvin["K"] == 2)
        #expect(kelvin["\u{212A}"] == 1)
        #expect(JSONValue.string("é") != JSONValue.string("e\u{301}"))
        #expect(JSONValue.string("é") == JSONValue.string("\u{E9}"))
    }

    @Test(
        "Escapes are undone",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
            (#""\ud83d\uDE00!""#, "😀!"), (#""a\u0000b""#, "a\0b"), (#""é\n€""#, "é\n€"),
        ])
    func escapes(text: String, expected: String) throws {
        #expect(try parse(text) == .string(expected))
    }

    @Test(
        "Integers are exact, and nothing else is one",
        arguments: [
            ("0", 0), ("-0", 0), ("-1", -1), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9007199254740993", 9_007_199_254_740_993), ("9223372036854775808", nil), ("-9223372036854775809", nil),
            ("18446744073709551616", nil), ("1.0", nil), ("1e3", nil), ("1E0", nil), ("1e400", nil), ("-0.0", nil),
        ] as [(String, Int64?)])
    func integers(text: String, expected: Int64?) throws {
        let value = try parse(text)
        #expect(value.integerValue == expected)
        #expect(String(decoding: value.serialized(), as: UTF8.self) == text)
    }

    @Test(
        "A fault is named with its offset",
        arguments: [
            ("", .unexpectedEnd(offset: 0)), ("  ", .unexpectedEnd(offset: 2)), ("nul", .unexpectedEnd(offset: 3)),
            ("nuLl", .unexpectedByte(offset: 2)), ("'a'", .unexpectedByte(offset: 0)),
            ("1 2", .trailingBytes(offset: 2)),
            ("null\0", .trailingBytes(offset: 4)), ("[1,]", .unexpectedByte(offset: 3)),
            ("[1 2]", .unexpectedByte(offset: 3)),
            ("[,1]", .unexpectedByte(offset: 1)), ("[1}", .unexpectedByte(offset: 2)),
            ("{\"a\"}", .unexpectedByte(offset: 4)),
            ("{\"a\":1,}", .unexpectedByte(offset: 7)), ("{a:1}", .unexpectedByte(offset: 1)),
            ("{1:1}", .unexpectedByte(offset: 1)), ("[1", .unexpectedEnd(offset: 2)),
            ("{\"a\":", .unexpectedEnd(offset: 5)),
            ("01", .invalidNumber(offset: 0)), ("-01", .invalidNumber(offset: 1)), ("1.", .unexpectedEnd(offset: 2)),
            ("1.x", .invalidNumber(offset: 2)), ("1e+", .unexpectedEnd(offset: 3)), ("-", .unexpectedEnd(offset: 1)),
            ("-x", .invalidNumber(offset: 1)), ("+1", .unexpectedByte(offset: 0)), (".5", .unexpectedByte(offset: 0)),
            ("0x10", .trailingBytes(offset: 1)), ("NaN", .unexpectedByte(offset: 0)),
            ("\"a", .unexpectedEnd(offset: 2)),
            ("\"\\", .unexpectedEnd(offset: 2)), ("\"a\nb\"", .controlCharacter(offset: 2)),
            ("\"\u{1F}\"", .controlCharacter(offset: 1)), (#""a\x""#, .invalidEscape(offset: 2)),
            (#""\u12""#, .invalidEscape(offset: 1)), (#""\u12G4""#, .invalidEscape(offset: 1)),
            (#""\U0041""#, .invalidEscape(offset: 1)),
            (#""\u+041""#, .invalidEscape(offset: 1)), (#""\ud800""#, .loneSurrogate(offset: 1)),
            (#""a\udc00""#, .loneSurrogate(offset: 2)), (#""\ud800x""#, .loneSurrogate(offset: 1)),
            (#""\ud800\n""#, .loneSurrogate(offset: 1)), (#""\ud800\u0041""#, .loneSurrogate(offset: 1)),
            (#""\ud800\ud800""#, .loneSurrogate(offset: 1)), ("\u{FEFF}{}", .byteOrderMark),
            ("{\"a\":1,\u{A0}\"b\":2}", .unexpectedByte(offset: 7)), ("[1]\u{2028}", .trailingBytes(offset: 3)),
        ] as [(String, JSONError)])
    func faults(text: String, expected: JSONError) {
        #expect(throws: expected) { try parse(text) }
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [
            ([0xFF], 0), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0x61, 0xC3], 1),
            ([0x61, 0x80], 1), ([0x5C, 0x6E, 0xFE], 2),
        ] as [([UInt8], Int)])
    func invalidUTF8(content: [UInt8], offset: Int) throws {
        #expect(throws: JSONError.invalidUTF8(offset: offset + 1)) { try parse([0x22] + content + [0x22]) }
        // The control: the same place with good bytes.
        #expect(try parse([0x22, 0x61, 0xC3, 0xA9, 0x22]) == "aé")
    }

    @Test(
        "A name that stands twice is refused, however it is written",
        arguments: [
            (#"{"a":1,"a":1}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"{"":1,"b":2,"":3}"#, 12),
            (#"{"o":{"x":1,"y":2,"x":3}}"#, 18), ("{\"😀\":1,\"\\ud83d\\ude00\":2}", 10),
        ])
    func duplicates(text: String, offset: Int) {
        #expect(throws: JSONError.duplicateName(offset: offset)) { try parse(text) }
    }

    @Test("Names may recur in other objects and differ in case")
    func noDuplicates() throws {
        #expect(try parse(#"{"a":{"a":1},"A":[{"a":1},{"a":2}]}"#) == ["a": ["a": 1], "A": [["a": 1], ["a": 2]]])
    }

    @Test("A repeated name is found among thousands", arguments: [1, 15, 16, 17, 5000])
    func manyNames(count: Int) throws {
        let members = (0..<count).map { "\"n\($0)\":0" }.joined(separator: ",")
        let limits = JSONLimits(maximumBytes: 1 << 20)
        let object = try #require(try parse("{\(members)}", limits: limits).objectValue)
        #expect(object.members.count == count)
        for repeated in [0, count / 2, count - 1] {
            let text = "{\(members),\"n\(repeated)\":1}"
            #expect(throws: JSONError.duplicateName(offset: members.utf8.count + 2)) { try parse(text, limits: limits) }
        }
    }

    @Test("32 levels are read and 33 are not", .promise(49), arguments: [("[", "]"), ("{\"a\":", "}")])
    func depth(opening: String, closing: String) throws {
        func nested(_ levels: Int) -> String {
            String(repeating: opening, count: levels) + "1" + String(repeating: closing, count: levels)
        }
        _ = try parse(nested(32))
        #expect(throws: JSONError.tooDeep(offset: 32 * opening.utf8.count)) { try parse(nested(33)) }
        #expect(throws: JSONError.tooDeep(offset: 0)) { try parse("[]", limits: JSONLimits(maximumDepth: 0)) }
        #expect(try parse("1", limits: JSONLimits(maximumDepth: 0)) == 1)
    }

    @Test("16 KiB are read and one byte more is not, before anything else is looked at", .promise(49))
    func size() throws {
        let text = "\"" + String(repeating: "a", count: 16 * 1024 - 2) + "\""
        _ = try parse(text)
        #expect(throws: JSONError.tooLarge(maximumBytes: 16384)) { try parse(text + " ") }
        #expect(throws: JSONError.tooLarge(maximumBytes: 16384)) {
            try parse([UInt8](repeating: 0xFF, count: 16385))
        }
    }

    @Test("Every beginning of a text is refused, and nothing crashes")
    func everyPrefix() throws {
        let text = [UInt8](#"{"a":[1,-2.5e+3,true,false,null],"é\u00e9\ud83d\ude00":{"b":"\n"},"c":""}"#.utf8)
        _ = try parse(text)
        for length in 0..<text.count {
            #expect(throws: JSONError.self, "of \(length) bytes") { try parse(Array(text[..<length])) }
        }
    }

    @Test("Every byte replaced by every other neither crashes nor reads as the same value")
    func everyByte() throws {
        let text = [UInt8](#"{"a":[10,2.5],"b":"\u0039x"}"#.utf8)
        let value = try parse(text)
        for index in text.indices {
            for byte in UInt8.min...UInt8.max where byte != text[index] {
                var other = text
                other[index] = byte
                // A refusal is one of the two right answers.
                guard let read = try? parse(other) else { continue }
                #expect(read != value, "byte \(index) as \(byte)")
            }
        }
    }
}
