package import Threading

extension Thread {
    /// Starts a thread of a server.
    package init(serving name: String, _ run: @escaping @Sendable () -> Void) throws(FastCGIError) {
        do throws(Failure) { try self.init(name: name, run) } catch {
            throw .system(call: "pthread_create", path: nil, errno: error.errno)
        }
    }
}
