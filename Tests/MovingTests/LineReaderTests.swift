import GatelodgeCommand
import Testing

@Suite struct LineReaderTests {
    private func texts(_ text: String) throws -> [String?] { try ImportFile(text).lines().map(\.1) }

    @Test func `Lines end with LF or CRLF, the last also with nothing`() throws {
        #expect(try texts("") == [])
        #expect(try texts("\n") == [""])
        #expect(try texts("a\nb\r\n\nc") == ["a", "b", "", "c"])
        #expect(try texts("a\rb\n") == ["a\rb"])
    }

    @Test func `A byte order mark is no part of the first line, and is one of others`() throws {
        #expect(try texts("\u{FEFF}a\n\u{FEFF}b\n") == ["a", "\u{FEFF}b"])
    }

    @Test func `A line that is too long is passed over, whatever its length, and those after it keep their numbers`()
        throws
    {
        let limit = LineReader.maximumLineBytes
        let longest = String(repeating: "x", count: limit)
        for excess in [1, limit, 40 * limit] {
            let lines = try ImportFile("a\n\(longest)\n\(longest)\(String(repeating: "y", count: excess))\nb\n").lines()
            #expect(lines.map(\.0) == [1, 2, 3, 4])
            #expect(lines.map(\.1) == ["a", longest, nil, "b"])
        }
        let last = try ImportFile("a\n\(longest)xx").lines()
        #expect(last.map(\.1) == ["a", nil])
    }
}
