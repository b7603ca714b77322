internal import Glibc

/// Why a file cannot be used as a list of passwords. What follows its path in a sentence.
package enum PasswordListFault: Error, Sendable, Hashable, CustomStringConvertible {
    case absent
    /// The system refused, with this `errno`.
    case refused(Int32)
    case notRegular
    /// Most likely a download that failed.
    case empty
    /// `place` is a line where the file is small, else a byte.
    case lineTooLong(place: String)
    /// A line that is not of the form of the first one, or no text at all.
    case malformed(place: String)
    case unsorted(place: String)
    /// It has another size than when it was opened.
    case changed

    package var description: String {
        switch self {
        case .absent: "does not exist"
        case .refused(let code): "cannot be read: \(unsafe String(cString: strerror(code)))"
        case .notRegular: "is not a regular file"
        case .empty: "is empty"
        case .lineTooLong(let place): "has a line of more than \(PasswordList.maximumLineBytes) bytes at \(place)"
        case .malformed(let place): "is neither text nor a list of SHA-1 or SHA-256 digests at \(place)"
        case .unsorted(let place): "is not sorted at \(place); sort it with: LC_ALL=C sort -u"
        case .changed: "was changed where it lies; put a new list in its place by mv and reload"
        }
    }
}
