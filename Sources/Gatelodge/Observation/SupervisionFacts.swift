/// What the supervisor of a worker knows about it and those before it.
package struct SupervisionFacts: Sendable, Equatable {
    /// Counts the workers since the supervisor began; 0 where there is no supervisor.
    package var generation = 0
    /// Reloads that succeeded, and those after which the old worker went on.
    package var reloads = 0
    package var failedReloads = 0
    /// Workers that were started because another had crashed.
    package var restarts = 0

    package init(generation: Int = 0, reloads: Int = 0, failedReloads: Int = 0, restarts: Int = 0) {
        self.generation = generation
        self.reloads = reloads
        self.failedReloads = failedReloads
        self.restarts = restarts
    }
}
