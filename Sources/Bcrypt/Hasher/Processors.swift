internal import Glibc

/// The machine's processors.
package enum Processors {
    /// Those that are online, at least one. Affinity masks and quotas do not show here; the hasher's `threads` does.
    package static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
