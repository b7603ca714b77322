public import Testing

/// Says which promises of `Tests/promises.tsv` a test shows. `scripts/security-table` reads it where the test is declared,
/// and joins it with the test's result.
public struct SecurityPromise: TestTrait {
    /// The numbers of the promises.
    public let numbers: [Int]

    /// Said beside each failure of the test.
    public var comments: [Comment] { numbers.map { "shows promise \($0) of docs/security.md" } }
}

extension Trait where Self == SecurityPromise {
    /// For a test that shows one or more promises.
    public static func promise(_ numbers: Int...) -> SecurityPromise { SecurityPromise(numbers: numbers) }
}
