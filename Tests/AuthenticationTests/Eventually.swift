import Testing

/// Waits for what another thread does on its own time; fails after ten seconds, where it never happens.
func eventually(
    _ condition: () throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while try !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("it has not happened in ten seconds", sourceLocation: sourceLocation)
            return
        }
        await Task.yield()
    }
}
