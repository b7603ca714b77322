internal import Authentication
internal import Bcrypt
internal import Counting
package import JSON
internal import Storage

extension StatusReport {
    /// The report of `/status` and `gatelodge status`. Times that end in `_us` are upper bounds in microseconds.
    package var json: JSONValue {
        .object([
            "version": .string(version), "process_id": .number(processID), "started": .time(startedUnixSeconds),
            "uptime_seconds": .number(uptimeSeconds), "ready": .bool(isReady), "readiness": readiness,
            "supervision": [
                "generation": .number(supervision.generation), "reloads": .number(supervision.reloads),
                "failed_reloads": .number(supervision.failedReloads), "restarts": .number(supervision.restarts),
            ],
            "requests": .array(routes.map(\.json)), "connections": connections.json, "hashing": activity.hashing.json,
            "caches": ["token": activity.tokens.json, "cookie": activity.cookies.json],
            "writes": activity.writes.json, "logins": logins.json,
            "log": ["dropped_lines": .number(droppedLogLines)],
        ])
    }

    /// What the answer of `/readyz` consists of.
    package var readiness: JSONValue {
        ["database": .bool(activity.isDatabaseAnswering), "hasher": .bool(activity.hashing.isConnected)]
    }
}

extension RouteReport {
    fileprivate var json: JSONValue {
        var counts = JSONObject()
        for (status, count) in statuses { counts[status] = .number(count) }
        return [
            "surface": .string(surface), "method": .string(method), "route": .string(route),
            "count": .number(durations.count), "statuses": .object(counts), "p50_us": durations.microseconds(0.5),
            "p99_us": durations.microseconds(0.99),
        ]
    }
}

extension ConnectionReport {
    fileprivate var json: JSONValue {
        var counts = JSONObject()
        for (reason, count) in refusals { counts[reason] = .number(count) }
        return [
            "open": .number(open), "accepted": .number(accepted), "handed_over": .number(handedOver),
            "taken_over": .number(takenOver), "refused": .object(counts),
        ]
    }
}

extension HashingActivity {
    fileprivate var json: JSONValue {
        [
            "waiting": .number(waiting), "busy_lanes": .number(busyLanes), "lanes": .number(lanes),
            "completed": .number(completed), "refused": .number(refused), "p50_wait_us": waits.microseconds(0.5),
            "p99_wait_us": waits.microseconds(0.99),
        ]
    }
}

extension CacheLookups {
    fileprivate var json: JSONValue { ["hits": .number(hits.value), "misses": .number(misses.value)] }
}

extension WriteActivity {
    fileprivate var json: JSONValue {
        [
            "waiting": .number(waiting), "writes": .number(counters.writes), "dropped": .number(counters.dropped),
            "commits": .number(counters.commits), "failed_commits": .number(counters.failedCommits),
            "p50_commit_us": commitTimes.microseconds(0.5), "p99_commit_us": commitTimes.microseconds(0.99),
        ]
    }
}

extension LoginReport {
    fileprivate var json: JSONValue {
        [
            "recent": .number(total), "busiest_address": .string(busiestAddress),
            "busiest_percent": .number(Int((busiestShare * 100).rounded())),
        ]
    }
}

extension HistogramCounts {
    /// The bound below which that share lies; null where there is none.
    fileprivate func microseconds(_ share: Double) -> JSONValue {
        bound(ofShare: share).map { .number($0 / 1000) } ?? nil
    }
}

extension JSONValue {
    fileprivate static func number(_ value: Int) -> JSONValue { .integer(Int64(value)) }
}
