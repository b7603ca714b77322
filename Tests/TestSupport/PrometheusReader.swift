/// Reads Prometheus's text format 0.0.4 strictly: what it does not understand it refuses.
public struct PrometheusReader {
    /// Why a text is not the format.
    public struct Fault: Error, CustomStringConvertible {
        /// The reason, with the line.
        public let description: String
    }

    /// One number.
    public struct Sample: Sendable {
        /// With the suffixes of histograms.
        public let name: String
        /// By their names.
        public let labels: [String: String]
        /// The number.
        public let value: Double
    }

    /// All samples in their order.
    public private(set) var samples: [Sample] = []
    private var types: [String: String] = [:]
    private var current = ""

    /// Reads a whole text.
    public init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Fault(description: "the last line has no end") }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() { try read(line) }
        try checkHistograms()
        let names = samples.map { "\($0.name) \($0.labels.sorted { $0.key < $1.key })" }
        guard Set(names).count == names.count else { throw Fault(description: "a sample stands twice") }
    }

    /// The value of a sample by its name and all of its labels.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { $0.name == name && $0.labels == labels }?.value
    }

    private mutating func read(_ line: Substring) throws {
        if let match = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) [^\\]+/) {
            current = String(match.1)
            guard types[current] == nil else { throw Fault(description: "begins twice: \(line)") }
        } else if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)/) {
            guard match.1 == current, types[current] == nil else { throw Fault(description: "out of place: \(line)") }
            types[current] = String(match.2)
        } else {
            guard let match = line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)/),
                let value = Double(match.3)
            else { throw Fault(description: "no sample: \(line)") }
            let name = String(match.1)
            let suffixes = types[current] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
            guard suffixes.contains(where: { current + $0 == name }) else {
                throw Fault(description: "a sample outside of its metric: \(line)")
            }
            samples.append(Sample(name: name, labels: try labels(match.2 ?? ""), value: value))
        }
    }

    private func labels(_ text: Substring) throws -> [String: String] {
        var labels: [String: String] = [:]
        var rest = text
        while !rest.isEmpty {
            guard let match = rest.prefixMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/),
                labels.updateValue(String(match.2), forKey: String(match.1)) == nil
            else { throw Fault(description: "no labels: \(text)") }
            rest = rest[match.range.upperBound...]
        }
        return labels
    }

    /// Buckets grow, the last is for everything, and the count agrees.
    private func checkHistograms() throws {
        for (name, _) in types where types[name] == "histogram" {
            let buckets = samples.filter { $0.name == name + "_bucket" }
            let series = Dictionary(grouping: buckets) { bucket in bucket.labels.filter { $0.key != "le" } }
            for (labels, buckets) in series {
                let bounds = buckets.compactMap { $0.labels["le"].flatMap { Double($0) } }
                let isGrowing = zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }
                let isCumulative = zip(buckets, buckets.dropFirst()).allSatisfy { $0.value <= $1.value }
                guard isGrowing, isCumulative, bounds.count == buckets.count, bounds.last == .infinity,
                    value(name + "_count", labels) == buckets.last?.value, value(name + "_sum", labels) != nil
                else { throw Fault(description: "\(name) \(labels) is no histogram") }
            }
        }
    }
}
