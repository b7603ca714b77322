/// What is wrong with a line of a file that is imported. Says nothing of a hash, nor of anything that might be one.
package struct ImportFault: Error, Encodable, Equatable {
    /// Counted from one.
    package let line: Int
    package let reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}

/// Why a file cannot be read on.
package struct ReadFault: Error, Equatable {
    package let reason: String
}
