internal import CSystem
internal import Glibc

/// What a process that holds secrets gives up at its start.
package enum Confinement {
    /// To be called on the first thread before there are others, because some of it holds for a thread and those that it
    /// starts: from now on no core file is written, no other process of the same user reads this one's memory, and no program
    /// that it might start gains rights. False where the system refuses one of these.
    package static func apply() -> Bool {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        let hasNoCore = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0
        return gatelodge_undumpable() == 0 && hasNoCore
    }
}
