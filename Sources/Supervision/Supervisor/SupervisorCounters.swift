internal import JSON

/// What a supervisor has seen since the instance was started, upgrades of itself included.
struct SupervisorCounters {
    /// How many workers have been started.
    var generation = 0
    var reloads = 0
    var failedReloads = 0
    /// Workers that ended while they served.
    var crashes = 0
    /// How often this process has taken a newer program.
    var upgrades = 0

    var json: JSONObject {
        [
            "generation": .integer(Int64(generation)), "reloads": .integer(Int64(reloads)),
            "failed_reloads": .integer(Int64(failedReloads)), "crashes": .integer(Int64(crashes)),
            "upgrades": .integer(Int64(upgrades)),
        ]
    }

    init() {}

    init(_ json: JSONObject) {
        func value(_ name: String) -> Int { json[name]?.integerValue.map(Int.init) ?? 0 }
        generation = value("generation")
        reloads = value("reloads")
        failedReloads = value("failed_reloads")
        crashes = value("crashes")
        upgrades = value("upgrades")
    }
}
