import Foundation
import JSON
import TestSupport
import Testing

/// nst/JSONTestSuite: `y_` must be read, `n_` must not, `i_` is ours to decide, once.
@Suite("JSONTestSuite", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
struct JSONTestSuiteTests {
    /// The files are about grammar, so that the size must not decide; the depth stays what it is.
    private static let limits = JSONLimits(maximumBytes: 1 << 20)

    /// What the grammar leaves open. Numbers of any size are read, for they are kept as written.
    private static let open: [String: JSONError?] = [
        "i_number_double_huge_neg_exp.json": nil,
        "i_number_huge_exp.json": nil,
        "i_number_neg_int_huge_exp.json": nil,
        "i_number_pos_double_huge_exp.json": nil,
        "i_number_real_neg_overflow.json": nil,
        "i_number_real_pos_overflow.json": nil,
        "i_number_real_underflow.json": nil,
        "i_number_too_big_neg_int.json": nil,
        "i_number_too_big_pos_int.json": nil,
        "i_number_very_big_negative_int.json": nil,
        "i_object_key_lone_2nd_surrogate.json": .loneSurrogate(offset: 2),
        "i_string_1st_surrogate_but_2nd_missing.json": .loneSurrogate(offset: 2),
        "i_string_1st_valid_surrogate_2nd_invalid.json": .loneSurrogate(offset: 2),
        "i_string_UTF-16LE_with_BOM.json": .unexpectedByte(offset: 0),
        "i_string_UTF-8_invalid_sequence.json": .invalidUTF8(offset: 7),
        "i_string_UTF8_surrogate_U+D800.json": .invalidUTF8(offset: 2),
        "i_string_incomplete_surrogate_and_escape_valid.json": .loneSurrogate(offset: 2),
        "i_string_incomplete_surrogate_pair.json": .loneSurrogate(offset: 2),
        "i_string_incomplete_surrogates_escape_valid.json": .loneSurrogate(offset: 2),
        "i_string_invalid_lonely_surrogate.json": .loneSurrogate(offset: 2),
        "i_string_invalid_surrogate.json": .loneSurrogate(offset: 2),
        "i_string_invalid_utf-8.json": .invalidUTF8(offset: 2),
        "i_string_inverted_surrogates_U+1D11E.json": .loneSurrogate(offset: 2),
        "i_string_iso_latin_1.json": .invalidUTF8(offset: 2),
        "i_string_lone_second_surrogate.json": .loneSurrogate(offset: 2),
        "i_string_lone_utf8_continuation_byte.json": .invalidUTF8(offset: 2),
        "i_string_not_in_unicode_range.json": .invalidUTF8(offset: 2),
        "i_string_overlong_sequence_2_bytes.json": .invalidUTF8(offset: 2),
        "i_string_overlong_sequence_6_bytes.json": .invalidUTF8(offset: 2),
        "i_string_overlong_sequence_6_bytes_null.json": .invalidUTF8(offset: 2),
        "i_string_truncated-utf-8.json": .invalidUTF8(offset: 2),
        "i_string_utf16BE_no_BOM.json": .unexpectedByte(offset: 0),
        "i_string_utf16LE_no_BOM.json": .unexpectedByte(offset: 1),
        "i_structure_500_nested_arrays.json": .tooDeep(offset: 32),
        "i_structure_UTF-8_BOM_empty_object.json": .byteOrderMark,
    ]

    private static let refused: [String: JSONError] = [
        "y_object_duplicated_key.json": .duplicateName(offset: 9),
        "y_object_duplicated_key_and_value.json": .duplicateName(offset: 9),
    ]

    private static let transformRefused: [String: JSONError] = [
        "object_same_key_different_values.json": .duplicateName(offset: 7),
        "object_same_key_same_value.json": .duplicateName(offset: 7),
        "object_same_key_unclear_values.json": .duplicateName(offset: 8),
        "string_1_escaped_invalid_codepoint.json": .loneSurrogate(offset: 2),
        "string_1_invalid_codepoint.json": .invalidUTF8(offset: 2),
        "string_2_escaped_invalid_codepoints.json": .loneSurrogate(offset: 2),
        "string_2_invalid_codepoints.json": .invalidUTF8(offset: 2),
        "string_3_escaped_invalid_codepoints.json": .loneSurrogate(offset: 2),
        "string_3_invalid_codepoints.json": .invalidUTF8(offset: 2),
    ]

    private static func error(_ result: Result<JSONValue, JSONError>) -> JSONError? {
        if case .failure(let error) = result { error } else { nil }
    }

    private static func names(_ prefix: String, in folder: String) -> [String] {
        guard Corpora.isPresent else { return [] }
        let path = Corpora.folder.appending(path: "jsontestsuite/\(folder)").path
        let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        return (names ?? []).filter { $0.hasPrefix(prefix) }.sorted()
    }

    private static func read(_ name: String, in folder: String = "test_parsing") throws -> Result<JSONValue, JSONError>
    {
        let text = try Corpora.bytes("jsontestsuite/\(folder)/\(name)")
        do throws(JSONError) {
            return .success(try parse(text, limits: limits))
        } catch {
            return .failure(error)
        }
    }

    @Test("What must be read is read, but for duplicate names", arguments: names("y_", in: "test_parsing"))
    func accepted(name: String) throws {
        let result = try Self.read(name)
        if let deviation = Self.refused[name] {
            #expect(result == .failure(deviation))
        } else {
            let value = try result.get()
            #expect(try parse(value.serialized(), limits: Self.limits) == value)
        }
    }

    @Test("What must not be read is refused", arguments: names("n_", in: "test_parsing"))
    func refused(name: String) throws {
        let result = try Self.read(name)
        #expect(throws: JSONError.self) { try result.get() }
    }

    @Test("What the grammar leaves open is decided as pinned", arguments: names("i_", in: "test_parsing"))
    func pinned(name: String) throws {
        let expected = try #require(Self.open[name], "a file without a decision")
        #expect(try Self.error(Self.read(name)) == expected)
    }

    @Test("A hundred thousand brackets are refused by their depth", .promise(49))
    func deepNesting() throws {
        #expect(try Self.read("n_structure_100000_opening_arrays.json") == .failure(.tooDeep(offset: 32)))
        #expect(try Self.read("n_structure_open_array_object.json") == .failure(.tooDeep(offset: 80)))
    }

    @Test("Nothing that is read is altered: it is written back as it was", arguments: names("", in: "test_transform"))
    func transformed(name: String) throws {
        let result = try Self.read(name, in: "test_transform")
        if let expected = Self.transformRefused[name] {
            #expect(result == .failure(expected))
        } else {
            let spaces = Set("\n ".utf8)
            let text = try Corpora.bytes("jsontestsuite/test_transform/\(name)").filter { !spaces.contains($0) }
            let written = String(decoding: try result.get().serialized(), as: UTF8.self)
            #expect(written == String(decoding: text, as: UTF8.self))
        }
    }

    @Test("No file is missing")
    func counts() {
        #expect(Self.names("y_", in: "test_parsing").count == 95)
        #expect(Self.names("n_", in: "test_parsing").count == 188)
        #expect(Self.names("i_", in: "test_parsing").count == 35)
        #expect(Self.names("", in: "test_transform").count == 22)
    }
}
