import Foundation
import GRDB

/// How many seconds it took until something became true; nil where it did not within the limit. Asks again and again.
func secondsUntil(limit: Double = 60, _ condition: () throws -> Bool) rethrows -> Double? {
    let clock = ContinuousClock()
    let start = clock.now
    while true {
        let isTrue = try condition()
        let elapsed = start.duration(to: clock.now) / .seconds(1)
        if isTrue { return elapsed }
        if elapsed > limit { return nil }
        usleep(5_000)
    }
}

/// A process notices within a second what another has done to the database: that is `docs/sessions.md`'s promise, and the
/// tests print the figure. On a machine that they keep busy it waits for the processor as well, so what fails here is only
/// a process that does not notice.
let noticeLimit = 30.0

/// A number that the environment gives for the long form of a test.
func number(_ name: String, default standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
}

/// The results of an event, oldest first, as the database in a folder has them.
func auditRows(in folder: URL, event: String) throws -> [String] {
    var configuration = Configuration()
    configuration.readonly = true
    let path = folder.appending(path: "var/gatelodge.db").path
    return try DatabaseQueue(path: path, configuration: configuration).read { db in
        try String.fetchAll(db, sql: "SELECT result FROM audit WHERE event = ? ORDER BY seq", arguments: [event])
    }
}
