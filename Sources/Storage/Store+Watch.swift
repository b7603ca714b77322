extension Store {
    /// Asks again and again whether anything was committed to the file by whomever, this store included.
    ///
    /// - Parameter tick: called on a thread of the watch's own: with `true` once at first, after each commit, and
    ///   after a time in which the database could not be asked; otherwise with `false`.
    package func watch(
        every interval: Duration = .milliseconds(250), _ tick: @escaping @Sendable (_ changed: Bool) -> Void
    ) throws(StorageError) -> StoreWatch {
        try StoreWatch(path: path, every: interval, logger: logger, tick: tick)
    }
}
