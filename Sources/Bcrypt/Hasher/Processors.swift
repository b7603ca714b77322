internal import Glibc

/// The machine's processors.
enum Processors {
    /// Those that are online, at least one. Affinity masks and quotas do not show here; the hasher's `threads` does.
    static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
