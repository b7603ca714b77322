internal import FastCGI
internal import Threading

/// What one application counts. Copies of an application share it.
///
/// Its size is bounded by the routes that were added: what no route matches is counted together.
package final class InstanceMetrics: Sendable {
    private struct State {
        var routes: [RouteMetrics] = []
        var supervision = SupervisionFacts()
    }

    /// Of the server that serves the application.
    let connections = ServingCounters()
    let logins = BusiestAddress()
    let begin = LogTime.now
    let beginNanoseconds = MonotonicClock.nanoseconds

    /// What no route matched, and what was refused before anybody looked for one.
    let unmatched: RouteMetrics
    /// The answers of the door, to nginx and to web servers that ask an authorizer.
    let verify: RouteMetrics
    let authorizer: RouteMetrics

    private let state: Locked<State>

    init() {
        unmatched = RouteMetrics(RouteName(surface: "public", method: "any", route: "other"))
        verify = RouteMetrics(RouteName(surface: Surface.verify.rawValue, method: "any", route: "any"))
        authorizer = RouteMetrics(RouteName(surface: "authorizer", method: "any", route: "any"))
        state = Locked(State(routes: [unmatched, verify, authorizer]))
    }

    /// What a supervisor knows and this process cannot: to be called whenever it changes.
    package func take(_ facts: SupervisionFacts) {
        state.withLock { $0.supervision = facts }
    }

    var supervision: SupervisionFacts { state.withLock { $0.supervision } }

    var routes: [RouteReport] { state.withLock { $0.routes }.compactMap(\.report) }

    /// All routes, and `any` of what is counted without one.
    package var routeNames: [RouteName] { state.withLock { $0.routes.map(\.name) } }

    /// The counts of a route; two applications of one origin may have the same.
    func route(_ name: RouteName) -> RouteMetrics {
        state.withLock { state in
            if let known = state.routes.first(where: { $0.name == name }) { return known }
            let route = RouteMetrics(name)
            state.routes.append(route)
            return route
        }
    }
}
