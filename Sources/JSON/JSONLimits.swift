/// What a reader is willing to take in.
public struct JSONLimits: Sendable, Equatable {
    /// The longest text, in bytes; checked before anything is read.
    public var maximumBytes: Int

    /// How many arrays and objects may stand inside each other. Each costs the reader a stack frame.
    public var maximumDepth: Int

    /// 16 KiB and 32 levels: what the HTTP contract allows a request body.
    public static let `default` = JSONLimits()

    /// Limits other than ``default``.
    public init(maximumBytes: Int = 16 * 1024, maximumDepth: Int = 32) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
    }
}
