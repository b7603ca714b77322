internal import Authentication
internal import Bcrypt
internal import Counting
internal import Storage

extension StatusReport {
    /// The answer of `/metrics`. What each metric means stands in docs/observability.md.
    package var prometheus: String {
        var text = PrometheusText()
        addProcess(to: &text)
        addRequests(to: &text)
        addConnections(to: &text)
        addHashing(to: &text)
        addCaches(to: &text)
        addWrites(to: &text)
        addLogins(to: &text)
        return text.text
    }

    private func addProcess(to text: inout PrometheusText) {
        text.begin("gatelodge_build_info", .gauge, "The version that runs.")
        text.add("gatelodge_build_info", [("version", version)], 1)
        text.add(
            "gatelodge_start_time_seconds", .gauge, "When this process began, in Unix time.", Int(startedUnixSeconds))
        text.add(
            "gatelodge_database_up", .gauge, "Whether the database answers.", activity.isDatabaseAnswering ? 1 : 0)
        text.add("gatelodge_hasher_up", .gauge, "Whether somebody hashes.", activity.hashing.isConnected ? 1 : 0)
        text.add("gatelodge_generation", .gauge, "Counts the workers of one supervisor.", supervision.generation)
        text.begin("gatelodge_reloads_total", .counter, "Reloads by their outcome.")
        text.add("gatelodge_reloads_total", [("outcome", "done")], supervision.reloads)
        text.add("gatelodge_reloads_total", [("outcome", "failed")], supervision.failedReloads)
        text.add(
            "gatelodge_worker_restarts_total", .counter, "Workers started because another crashed.",
            supervision.restarts)
        text.add(
            "gatelodge_log_lines_dropped_total", .counter, "Lines for which the log had no room.", droppedLogLines)
    }

    private func addRequests(to text: inout PrometheusText) {
        text.begin("gatelodge_requests_total", .counter, "Answers by route and status.")
        for route in routes {
            for (status, count) in route.statuses {
                text.add("gatelodge_requests_total", route.labels + [("status", status)], count)
            }
        }
        text.begin("gatelodge_request_duration_seconds", .histogram, "How long answers took, waiting included.")
        for route in routes {
            text.add("gatelodge_request_duration_seconds", route.labels, route.durations, scale: 1e9)
        }
    }

    private func addConnections(to text: inout PrometheusText) {
        text.add("gatelodge_connections_open", .gauge, "Connections of the web server.", connections.open)
        text.add("gatelodge_connections_accepted_total", .counter, "Connections accepted.", connections.accepted)
        text.add(
            "gatelodge_connections_handed_over_total", .counter, "Connections given to the next worker.",
            connections.handedOver)
        text.add(
            "gatelodge_connections_taken_over_total", .counter, "Connections that the worker before gave.",
            connections.takenOver)
        text.begin("gatelodge_gate_refusals_total", .counter, "What no handler saw, by the reason.")
        for (reason, count) in connections.refusals {
            text.add("gatelodge_gate_refusals_total", [("reason", reason)], count)
        }
    }

    private func addHashing(to text: inout PrometheusText) {
        let hashing = activity.hashing
        text.add("gatelodge_hash_queue_depth", .gauge, "Passwords that wait for a lane.", hashing.waiting)
        text.add("gatelodge_hash_lanes_busy", .gauge, "Lanes that hash.", hashing.busyLanes)
        text.add("gatelodge_hash_lanes", .gauge, "Lanes that there are.", hashing.lanes)
        text.begin("gatelodge_hashes_total", .counter, "Passwords by what became of them.")
        text.add("gatelodge_hashes_total", [("outcome", "done")], hashing.completed)
        text.add("gatelodge_hashes_total", [("outcome", "refused")], hashing.refused)
        text.begin("gatelodge_hash_wait_seconds", .histogram, "How long passwords waited for a lane.")
        text.add("gatelodge_hash_wait_seconds", [], hashing.waits, scale: 1e9)
    }

    private func addCaches(to text: inout PrometheusText) {
        text.begin("gatelodge_cache_lookups_total", .counter, "Look-ups of credentials that were judged before.")
        for (cache, lookups) in [("token", activity.tokens), ("cookie", activity.cookies)] {
            for (result, count) in [("hit", lookups.hits), ("miss", lookups.misses)] {
                text.add("gatelodge_cache_lookups_total", [("cache", cache), ("result", result)], count.value)
            }
        }
    }

    private func addWrites(to text: inout PrometheusText) {
        let (writes, counters) = (activity.writes, activity.writes.counters)
        text.add("gatelodge_writes_waiting", .gauge, "Writes that wait for their turn.", writes.waiting)
        text.add("gatelodge_writes_total", .counter, "Writes that came to their turn.", counters.writes)
        text.add(
            "gatelodge_writes_dropped_total", .counter, "Audit rows and the like that were given up.", counters.dropped)
        text.begin("gatelodge_commits_total", .counter, "Transactions by their outcome.")
        text.add("gatelodge_commits_total", [("outcome", "done")], counters.commits)
        text.add("gatelodge_commits_total", [("outcome", "failed")], counters.failedCommits)
        text.begin("gatelodge_commit_batch_writes", .histogram, "How many writes shared a transaction.")
        text.add("gatelodge_commit_batch_writes", [], writes.batchSizes, scale: 1)
        text.begin("gatelodge_commit_duration_seconds", .histogram, "From the write lock to the end of the commit.")
        text.add("gatelodge_commit_duration_seconds", [], writes.commitTimes, scale: 1e9)
    }

    private func addLogins(to text: inout PrometheusText) {
        text.add("gatelodge_logins_recent", .gauge, "Logins asked for in the last minute or two.", logins.total)
        text.begin("gatelodge_logins_busiest_address_ratio", .gauge, "The share of them from the busiest address.")
        text.add("gatelodge_logins_busiest_address_ratio", [], PrometheusText.number(logins.busiestShare))
    }
}

extension RouteReport {
    fileprivate var labels: PrometheusText.Labels {
        [("surface", surface), ("method", method), ("route", route)]
    }
}
