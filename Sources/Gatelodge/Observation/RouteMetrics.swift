internal import Counting

/// What is counted of one route: its answers by status, and how long they took.
final class RouteMetrics: Sendable {
    /// The statuses that are told apart; others are counted by their class.
    private static let statuses = [
        200, 201, 204, 301, 302, 303, 304, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 431, 500, 501, 502, 503,
        504,
    ]
    private static let labels = statuses.map(String.init) + ["1xx", "2xx", "3xx", "4xx", "5xx"]

    let name: RouteName
    private let answers = labels.map { _ in Counter() }
    private let durations = Histogram.ofDurations()

    init(_ name: RouteName) { self.name = name }

    func record(status: Int, nanoseconds: Int) {
        let index = Self.statuses.firstIndex(of: status) ?? Self.statuses.count + min(max(status / 100, 1), 5) - 1
        answers[index].add()
        durations.record(nanoseconds)
    }

    /// What has been counted; nil where there is nothing yet.
    var report: RouteReport? {
        let durations = durations.counts
        guard durations.count > 0 else { return nil }
        let statuses = zip(Self.labels, answers).map { (status: $0, count: $1.value) }.filter { $0.count > 0 }
        return RouteReport(
            surface: name.surface, method: name.method, route: name.route, statuses: statuses, durations: durations)
    }
}
