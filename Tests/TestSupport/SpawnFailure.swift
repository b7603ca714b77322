/// What the system did not do for a process that a test wants to start.
public struct SpawnFailure: Error, Equatable {
    /// The call.
    public let call: String
    /// Its error number.
    public let errno: Int32

    /// A failure to compare with.
    public init(call: String, errno: Int32) {
        self.call = call
        self.errno = errno
    }
}
