internal import Gatelodge
internal import Glibc

/// All findings, and what could not be looked at.
struct DoctorReport: Encodable {
    let findings: [Finding]

    /// Sentences, such as that nginx is not there.
    let skipped: [String]

    /// 0 where all is well, 1 where there are warnings alone, 2 where there is an error.
    var status: Int32 {
        findings.contains { $0.severity == .error } ? 2 : findings.isEmpty ? 0 : 1
    }

    /// A paragraph for each finding, errors first.
    var text: String {
        let sorted = findings.filter { $0.severity == .error } + findings.filter { $0.severity == .warning }
        let paragraphs = sorted.map { finding in
            """
            \(finding.severity.painted)  \(finding.code)\(finding.place.map { "  \($0)" } ?? "")
              \(finding.sentence)
              \(finding.remedy)
            """
        }
        let notes = skipped.map { "not looked at: \($0)" }
        let errors = findings.count { $0.severity == .error }
        let summary = findings.isEmpty ? "nothing found" : "\(errors) errors, \(findings.count - errors) warnings"
        return (paragraphs + notes + [summary]).joined(separator: "\n")
    }
}

extension Finding.Severity {
    fileprivate var painted: String {
        let colour: TextColour =
            switch self {
            case .warning: .yellow
            case .error: .red
            }
        return colour.paint(rawValue, on: STDOUT_FILENO)
    }
}
