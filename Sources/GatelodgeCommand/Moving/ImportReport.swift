internal import Authentication
internal import ForeignHashes
internal import Storage

/// What an import did, or would do, for people and for programs.
struct ImportReport: Encodable {
    struct AlgorithmRow: Encodable {
        let name: String
        var accounts: Int
        /// Until its owner's first login, which replaces it by bcrypt.
        let isForeign: Bool
        /// What must be installed for that login.
        let missingLibrary: String?
    }

    /// More than a person reads; the rest is counted.
    static let maximumProblems = 1_000

    let isDryRun: Bool
    let format: String
    private(set) var records = 0
    private(set) var added = 0
    private(set) var unchanged = 0
    private(set) var replaced = 0
    /// Accounts that are there with another hash, and that --existing keep leaves alone.
    private(set) var kept = 0
    private(set) var problemCount = 0
    /// Of what was added, or was there already.
    private(set) var algorithms: [AlgorithmRow] = []
    private(set) var problems: [ImportFault] = []

    init(isDryRun: Bool, format: ImportFormat) {
        self.isDryRun = isDryRun
        self.format = format.rawValue
    }

    mutating func add(_ fault: ImportFault) {
        records += 1
        addProblem(fault)
    }

    mutating func add(_ record: RecordReader.Record, _ outcome: ImportOutcome, existing: ExistingAccounts) {
        records += 1
        switch outcome {
        case .inserted: added += 1
        case .unchanged: unchanged += 1
        case .replaced: replaced += 1
        case .different where existing == .keep:
            kept += 1
            return
        case .different: return addProblem(record, "an account of this name is there, with another password hash")
        case .deleted: return addProblem(record, "the name was that of an account that is deleted, and stays taken")
        case .idTaken: return addProblem(record, "another account has this id")
        }
        count(record.user.hash)
    }

    /// Batches are dealt with after lines that are refused at once.
    mutating func sortProblems() {
        problems.sort { $0.line < $1.line }
    }

    private mutating func addProblem(_ record: RecordReader.Record, _ reason: String) {
        addProblem(ImportFault(line: record.line, reason: reason))
    }

    private mutating func addProblem(_ fault: ImportFault) {
        problemCount += 1
        if problems.count < Self.maximumProblems { problems.append(fault) }
    }

    private mutating func count(_ hash: StoredHash) {
        if let index = algorithms.firstIndex(where: { $0.name == hash.algorithm }) {
            algorithms[index].accounts += 1
            return
        }
        var (isForeign, missing): (Bool, String?) = (false, nil)
        if case .foreign(let foreign) = hash {
            isForeign = true
            missing = foreign.algorithm.isAvailable ? nil : foreign.algorithm.library
        }
        algorithms.append(
            AlgorithmRow(name: hash.algorithm, accounts: 1, isForeign: isForeign, missingLibrary: missing))
        algorithms.sort { $0.name < $1.name }
    }

    /// A table of what was done and one of the algorithms.
    var text: String {
        var lines = [
            "\(isDryRun ? "would add" : "added    ")   \(added)", "unchanged   \(unchanged)", "replaced    \(replaced)",
            "kept        \(kept)", "refused     \(problemCount)",
        ]
        if !algorithms.isEmpty { lines += ["", "accounts   algorithm"] }
        for row in algorithms {
            var line = padded("\(row.accounts)") + "   " + row.name
            if row.isForeign { line += ", verified at the first login and replaced by bcrypt then" }
            if let library = row.missingLibrary { line += "; needs \(library), which is not installed here" }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }

    private func padded(_ text: String) -> String {
        String(repeating: " ", count: max(0, 8 - text.utf8.count)) + text
    }
}
