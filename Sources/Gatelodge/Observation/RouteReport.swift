package import Counting

/// What has been counted of one route.
package struct RouteReport: Sendable {
    /// `public`, or how nginx's parameter `AUTH_SURFACE` names it, or `authorizer`.
    package let surface: String
    package let method: String
    /// The pattern, as in `/api/sessions/{id}`; `other` for what no route matched.
    package let route: String
    /// How many answers each status had, where it had any; `2xx` stands for all that are not told apart.
    package let statuses: [(status: String, count: Int)]
    /// In nanoseconds.
    package let durations: HistogramCounts
}
