internal import CSpawn

/// What a process of a test's own gives up.
public enum Forbidding {
    /// From now on SIGSYS ends this process when any of its threads opens a file, makes a socket or runs a program.
    ///
    /// - Returns: whether the system does that.
    public static func reachOut() -> Bool { forbid_reaching_out() == 0 }
}
