package import Authentication

/// The accounts in a file, one after the other.
package struct RecordReader {
    /// An account and the line where it begins.
    package struct Record {
        package let line: Int
        package let user: MovedUser
    }

    private enum Form {
        case ndjson
        case csv(CSVRecords)
        case htpasswd
    }

    package let format: ImportFormat

    /// How far the file has been read.
    package var byteCount: Int { lines.byteCount }

    private var lines: LineReader
    private let form: Form
    /// A line that was read to find out the format.
    private var first: LineReader.Line?

    /// Reads the first line that says something.
    ///
    /// - Parameter format: found out by that line where it is nil.
    /// - Throws: ``ImportFault`` where the format is not one that is known, or the columns are not.
    package init(_ lines: LineReader, format: ImportFormat? = nil) throws {
        var lines = lines
        var first: LineReader.Line?
        while let line = try lines.next() {
            // As long as the format is not known it may be a comment of htpasswd's.
            let mayBeComment = (format ?? .htpasswd) == .htpasswd
            guard line.bytes.map({ Self.saysNothing($0, mayBeComment: mayBeComment) }) != true else { continue }
            first = line
            break
        }
        self.lines = lines
        let bytes = first?.bytes ?? []
        guard let format = format ?? Self.format(of: bytes) ?? (first == nil ? .ndjson : nil) else {
            throw ImportFault(line: first?.number ?? 1, reason: "no format that is known; --format names one")
        }
        self.format = format
        switch format {
        case .ndjson: form = .ndjson
        case .htpasswd: form = .htpasswd
        case .csv:
            do throws(ImportFields.Refusal) { form = .csv(try CSVRecords(header: bytes)) } catch {
                throw ImportFault(line: first?.number ?? 1, reason: error.reason)
            }
            return
        }
        self.first = first
    }

    /// The next account, or what is wrong with its line; nil at the end.
    package mutating func next() throws(ReadFault) -> Result<Record, ImportFault>? {
        while let line = try nextLine() {
            guard let bytes = line.bytes else {
                return .failure(
                    ImportFault(line: line.number, reason: "longer than \(LineReader.maximumLineBytes) bytes"))
            }
            if Self.saysNothing(bytes, mayBeComment: format == .htpasswd) { continue }
            do {
                return .success(Record(line: line.number, user: try fields(of: bytes).user()))
            } catch let refusal as ImportFields.Refusal {
                return .failure(ImportFault(line: line.number, reason: refusal.reason))
            } catch {
                throw error as? ReadFault ?? ReadFault(reason: "\(error)")
            }
        }
        return nil
    }

    private mutating func nextLine() throws(ReadFault) -> LineReader.Line? {
        if let line = first {
            first = nil
            return line
        }
        return try lines.next()
    }

    private mutating func fields(of bytes: [UInt8]) throws -> ImportFields {
        switch form {
        case .ndjson: return try NDJSONRecords.fields(of: bytes)
        case .htpasswd: return try HtpasswdRecords.fields(of: bytes)
        case .csv(let records): return try records.fields(of: try values(of: bytes))
        }
    }

    /// The fields of a record, which may go on over several lines.
    private mutating func values(of bytes: [UInt8]) throws -> [String] {
        var bytes = bytes
        while true {
            if case .complete(let values) = try CSVRecords.split(bytes) { return values }
            guard let next = try lines.next()?.bytes, bytes.count + next.count < LineReader.maximumLineBytes else {
                throw ImportFields.Refusal(reason: "a quoted field does not end")
            }
            bytes += [UInt8(ascii: "\n")] + next
        }
    }

    private static func saysNothing(_ bytes: [UInt8], mayBeComment: Bool) -> Bool {
        guard let byte = bytes.first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else {
            return true
        }
        return mayBeComment && byte == UInt8(ascii: "#")
    }

    private static func format(of line: [UInt8]) -> ImportFormat? {
        if line.first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "{") { return .ndjson }
        if case .complete(let names)? = try? CSVRecords.split(line), names.contains("username") { return .csv }
        return line.contains(UInt8(ascii: ":")) ? .htpasswd : nil
    }
}
