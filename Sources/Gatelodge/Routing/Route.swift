/// What answers one method at one path, and what is counted of it.
struct Route: Sendable {
    let handler: Router.Handler
    let metrics: RouteMetrics
}
