internal import Authentication
internal import Storage

/// One pass over a file: batches of its accounts, each of which is added whole or not at all.
struct ImportRun {
    /// How many accounts share one transaction.
    private static let batchSize = 500

    private(set) var report: ImportReport

    /// Why it ended before the end of the file.
    private(set) var readFault: ReadFault?

    private let isDryRun: Bool
    private let existing: ExistingAccounts
    private var reader: RecordReader
    private var progress: ImportProgress
    private var batch: [RecordReader.Record] = []
    /// The lines of names that have come, by the hash of the name. Only a dry run needs it: an import finds them in the database.
    private var lines: [Int: Int] = [:]

    init(_ reader: RecordReader, isDryRun: Bool, existing: ExistingAccounts, totalBytes: Int?) {
        self.reader = reader
        self.isDryRun = isDryRun
        self.existing = existing
        report = ImportReport(isDryRun: isDryRun, format: reader.format)
        progress = ImportProgress(totalBytes: totalBytes)
    }

    /// Goes through the whole file.
    mutating func finish(_ authenticator: Authenticator) async throws(AuthError) {
        defer { progress.finish() }
        while let next = next() {
            switch next {
            case .failure(let fault): report.add(fault)
            case .success(let record):
                if let fault = repetition(of: record) { report.add(fault) } else { batch.append(record) }
            }
            if batch.count == Self.batchSize { try await finishBatch(authenticator) }
            progress.update(bytes: reader.byteCount, records: report.records)
        }
        try await finishBatch(authenticator)
        report.sortProblems()
    }

    private mutating func next() -> Result<RecordReader.Record, ImportFault>? {
        do throws(ReadFault) {
            return try reader.next()
        } catch {
            readFault = error
            return nil
        }
    }

    private mutating func finishBatch(_ authenticator: Authenticator) async throws(AuthError) {
        let users = batch.map(\.user)
        let isReplacing = existing == .replace
        let outcomes: [ImportOutcome]
        if isDryRun {
            outcomes = try authenticator.judgeImport(of: users, isReplacing: isReplacing)
        } else {
            outcomes = try await authenticator.importUsers(users, isReplacing: isReplacing)
        }
        for (record, outcome) in zip(batch, outcomes) { report.add(record, outcome, existing: existing) }
        batch.removeAll(keepingCapacity: true)
    }

    private mutating func repetition(of record: RecordReader.Record) -> ImportFault? {
        guard isDryRun else { return nil }
        let name = record.user.username.canonical.hashValue
        if let line = lines[name] {
            return ImportFault(line: record.line, reason: "the same username as in line \(line)")
        }
        lines[name] = record.line
        return nil
    }
}
