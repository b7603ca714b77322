internal import Counting

/// Prometheus's text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
struct PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    enum Kind: String { case counter, gauge, histogram }

    typealias Labels = [(name: String, value: String)]

    private(set) var text = ""

    /// Begins a metric; its samples follow.
    ///
    /// - Parameter help: one line without a backslash.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func add(_ name: String, _ labels: Labels, _ value: String) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
        }
        text += " \(value)\n"
    }

    mutating func add(_ name: String, _ labels: Labels, _ value: Int) { add(name, labels, String(value)) }

    /// A metric of one sample.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        begin(name, kind, help)
        add(name, [], value)
    }

    /// The samples of one histogram, whose bounds are divided by `scale`: 10⁹ makes seconds of nanoseconds.
    mutating func add(_ name: String, _ labels: Labels, _ histogram: HistogramCounts, scale: Double) {
        var count = 0
        for (index, bound) in histogram.bounds.enumerated() {
            count += histogram.counts[index]
            add(name + "_bucket", labels + [("le", Self.number(Double(bound) / scale))], count)
        }
        add(name + "_bucket", labels + [("le", "+Inf")], histogram.count)
        add(name + "_sum", labels, Self.number(Double(histogram.sum) / scale))
        add(name + "_count", labels, histogram.count)
    }

    /// As Go's ParseFloat reads it.
    static func number(_ value: Double) -> String { "\(value)" }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
