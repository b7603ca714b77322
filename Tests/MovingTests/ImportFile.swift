import Authentication
import Foundation
import GatelodgeCommand

/// A file of some bytes, and what a reader finds in it.
struct ImportFile {
    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Lends a descriptor of it for the length of one call.
    func withDescriptor<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        let path = NSTemporaryDirectory() + "gatelodge-moving-\(UUID())"
        try Data(bytes).write(to: URL(filePath: path))
        let descriptor = unsafe open(path, O_RDONLY)
        unsafe unlink(path)
        defer { close(descriptor) }
        return try body(descriptor)
    }

    /// The lines, as their numbers and texts; nil for one that is too long.
    func lines() throws -> [(Int, String?)] {
        try withDescriptor { descriptor in
            var reader = LineReader(descriptor: descriptor)
            var lines: [(Int, String?)] = []
            while let line = try reader.next() {
                lines.append((line.number, line.bytes.map { String(decoding: $0, as: UTF8.self) }))
            }
            return lines
        }
    }

    /// The accounts and the faults.
    func read(as format: ImportFormat? = nil) throws -> (
        format: ImportFormat, users: [(line: Int, user: MovedUser)], faults: [ImportFault]
    ) {
        try withDescriptor { descriptor in
            var reader = try RecordReader(LineReader(descriptor: descriptor), format: format)
            var (users, faults): ([(line: Int, user: MovedUser)], [ImportFault]) = ([], [])
            while let next = try reader.next() {
                switch next {
                case .success(let record): users.append((record.line, record.user))
                case .failure(let fault): faults.append(fault)
                }
            }
            return (reader.format, users, faults)
        }
    }
}

/// Hashes for files; of no password that is used.
enum Hashes {
    static let bcrypt = "$2b$04$V.oBK/i2HCSKuKia7VyfPetsXt8Ta7xfhROvCGuEdhIsg4NjlLVHG"
    static let sha1 = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="
}
