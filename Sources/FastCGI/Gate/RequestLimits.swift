/// How large a request may be before it is refused unread.
public struct RequestLimits: Sendable {
    /// The longest body in bytes; a longer one is answered 413. At most 96 KiB.
    public var maximumBodyBytes: Int
    /// All parameters together, in bytes as sent; more is answered 431. At most 64 KiB.
    public var maximumParameterBytes: Int
    /// The number of parameters; more is answered 431.
    public var maximumParameters: Int

    /// The whole request with the heads of its records, in bytes. It is looked at before it is read, so it must fit
    /// the socket's buffer; whatever is longer is answered 413.
    static let maximumRequestBytes = 128 * 1024

    /// Limits that suit a web server with its default buffers.
    public init(
        maximumBodyBytes: Int = 96 * 1024, maximumParameterBytes: Int = 64 * 1024, maximumParameters: Int = 256
    ) {
        precondition((0...96 * 1024).contains(maximumBodyBytes), "a body is 0 to 96 KiB")
        precondition((0...64 * 1024).contains(maximumParameterBytes), "parameters are 0 to 64 KiB")
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumParameterBytes = maximumParameterBytes
        self.maximumParameters = maximumParameters
    }
}
