internal import Dispatch

/// Where upgrades go on after they waited: a queue of their own, one step at a time.
///
/// A task that nobody awaits does not inherit the executor of the task that made it, and would go on in Swift's global
/// pool, which blocked calls elsewhere can fill. Steps are microseconds; hashing and writing have threads of their own.
final class UpgradeQueue: TaskExecutor {
    private let queue = DispatchQueue(label: "gatelodge.upgrades")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedTaskExecutor()
        // The queue holds on to `self`, which the unowned reference does not.
        queue.async { [self] in
            withExtendedLifetime(self) { unsafe job.runSynchronously(on: executor) }
        }
    }
}
