import Testing

/// Waits for what another thread does on its own time; fails after a minute, where it never happens.
func eventually(
    _ condition: () throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("it has not happened in a minute", sourceLocation: sourceLocation)
            return
        }
        await Task.yield()
    }
}
