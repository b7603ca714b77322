/// Whether the time of day can be right: tokens expire by it.
package enum ClockExaminer {
    /// Before this program was written: 2026-01-01.
    private static let earliest: Int64 = 1_767_225_600

    /// 2100-01-01.
    private static let latest: Int64 = 4_102_444_800

    /// - Parameters:
    ///   - unixSeconds: now.
    ///   - lastRecorded: the latest time in the database; `nil` where there is none.
    package static func examine(unixSeconds: Int64, lastRecorded: Int64? = nil) -> [Finding] {
        guard (earliest..<latest).contains(unixSeconds) else {
            return [
                Finding(
                    .error, "clock_absurd", "The clock of this machine cannot be right: tokens expire by it.",
                    remedy: "Set it, and let chrony or systemd-timesyncd keep it.")
            ]
        }
        guard let lastRecorded, lastRecorded > unixSeconds + 60 else { return [] }
        return [
            Finding(
                .warning, "clock_went_back",
                "The database holds a time that is still to come: the clock was ahead, or went back.",
                remedy: "Compare the clock with another machine's; sessions that began in the future last longer.")
        ]
    }
}
