internal import Glibc

/// The lines of a file, one after the other; never more of it in memory than two of the longest lines.
package struct LineReader {
    /// A line without its end; nil where it is longer than ``LineReader/maximumLineBytes``.
    package struct Line {
        /// Counted from one.
        package let number: Int
        package let bytes: [UInt8]?
    }

    package static let maximumLineBytes = 1 << 16

    /// How far the file has been read.
    package private(set) var byteCount = 0

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var position = 0
    private var lineNumber = 0
    private var isAtEnd = false

    /// - Parameter descriptor: stays open for as long as this reads, and is closed by others.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The next line; nil at the end. Lines end with LF or CRLF, the last one also without; a byte order mark is no part of the
    /// first.
    package mutating func next() throws(ReadFault) -> Line? {
        var isTooLong = false
        while true {
            if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                return line(isTooLong ? nil : buffer[position..<end])
            }
            if buffer.count - position > Self.maximumLineBytes {
                isTooLong = true
                position = buffer.count
            }
            guard try fill() else {
                guard isTooLong || position < buffer.count else { return nil }
                defer { position = buffer.count }
                return line(isTooLong ? nil : buffer[position...])
            }
        }
    }

    private mutating func line(_ bytes: ArraySlice<UInt8>?) -> Line {
        lineNumber += 1
        guard var bytes, bytes.count <= Self.maximumLineBytes else { return Line(number: lineNumber, bytes: nil) }
        if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
        if lineNumber == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        return Line(number: lineNumber, bytes: Array(bytes))
    }

    /// Reads on; false at the end of the file.
    private mutating func fill() throws(ReadFault) -> Bool {
        if isAtEnd { return false }
        buffer.removeFirst(position)
        position = 0
        var chunk = [UInt8](repeating: 0, count: Self.maximumLineBytes)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ReadFault(reason: unsafe String(cString: strerror(errno))) }
            isAtEnd = count == 0
            byteCount += count
            buffer += chunk.prefix(count)
            return count > 0
        }
    }
}
