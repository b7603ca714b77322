/// `later - earlier`, without a trap on what a damaged file may hold.
func elapsedSeconds(from earlier: Int64, to later: Int64) -> Int64 {
    let (difference, overflow) = later.subtractingReportingOverflow(earlier)
    guard overflow else { return difference }
    return later < earlier ? .min : .max
}

/// `a + b`, held at the ends of the range.
func saturatingSum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    guard overflow else { return sum }
    return b < 0 ? .min : .max
}
