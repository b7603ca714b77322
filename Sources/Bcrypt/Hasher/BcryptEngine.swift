/// Computes digests for a ``BcryptHasher``: on threads of this process, or in another process.
package protocol BcryptEngine: Sendable {
    /// The digest of a job.
    ///
    /// Cancelling the task gives the job up. The caller's executor is where this begins and where it resumes.
    ///
    /// - Throws: ``BcryptError/overloaded(retryAfter:)``, at once where the work that waits leaves no time for the job and later where
    ///   the limit overtakes it; ``BcryptError/cancelled``; ``BcryptError/stopped``.
    nonisolated(nonsending) func digest(
        of job: BcryptJob, within limit: Duration
    ) async throws(BcryptError) -> [23 of UInt8]

    /// What it is doing and has done.
    var activity: HashingActivity { get }
}

extension BcryptEngine {
    /// Of an engine that counts nothing.
    package var activity: HashingActivity { HashingActivity() }
}
