/// The name that was probably meant: at most two letters away, counted as Levenshtein does.
func nearest(to name: String, among known: some Sequence<String>) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    return known.map { (name: $0, distance: distance(Array(name.utf8), Array($0.utf8))) }
        .filter { $0.distance <= 2 }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
}

private func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for (column, other) in right.enumerated() {
            let replaced = diagonal + (byte == other ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
