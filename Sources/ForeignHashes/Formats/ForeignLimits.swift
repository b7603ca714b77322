/// What one verification may take. Whoever writes a hash decides what its verification costs, so nothing is computed beyond
/// these, neither at an import nor at a login.
package enum ForeignLimits {
    /// The longest hash string, in bytes.
    package static let maximumTextBytes = 512

    /// Memory of one argon2, scrypt or yescrypt.
    package static let maximumMemoryBytes = 256 << 20

    /// Memory times passes: argon2's time cost, scrypt's parallelism.
    package static let maximumWorkBytes = 1 << 30

    /// Iterations of PBKDF2, times the blocks of its key.
    package static let maximumIterations = 2_000_000

    /// Rounds of crypt(3)'s `$5$` and `$6$`.
    package static let maximumRounds = 1_000_000

    /// Threads of one argon2, lanes of one scrypt.
    package static let maximumParallelism = 16

    /// Salts and digests, in bytes.
    static let maximumSaltBytes = 256
    static let digestBytes = 16...256
}
