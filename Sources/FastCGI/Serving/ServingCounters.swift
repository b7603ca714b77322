package import Counting

/// What a server has counted since it was made.
package final class ServingCounters: Sendable {
    /// Connections that came, by whatever way, and those that went.
    package let opened = Counter()
    package let closed = Counter()
    /// Connections that were given to another process, and those that another process gave; both are in the counts above, too.
    package let handedOver = Counter()
    package let takenOver = Counter()
    /// Requests that no handler saw, by the reason.
    package let bodiesTooLarge = Counter()
    package let parametersTooLarge = Counter()
    package let malformed = Counter()
    /// Connections that were closed because their bytes were no records, or not of one request.
    package let violations = Counter()
    /// Connections that were closed because a request did not come whole in time.
    package let overdue = Counter()

    package init() {}

    /// Connections that are open now.
    package var open: Int { max(0, opened.value - closed.value) }

    func count(_ refusal: Refusal) {
        switch refusal {
        case .bodyTooLarge: bodiesTooLarge.add()
        case .parametersTooLarge: parametersTooLarge.add()
        case .malformed: malformed.add()
        }
    }
}
