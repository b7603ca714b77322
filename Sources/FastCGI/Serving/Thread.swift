internal import CSystem
internal import Glibc

/// A system thread that runs one function and takes no signals.
@safe package struct Thread {
    private final class Body {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private let handle: pthread_t

    /// - Parameter name: at most 15 bytes, as the system shows it.
    package init(name: String, _ run: @escaping @Sendable () -> Void) throws(FastCGIError) {
        let body = unsafe Unmanaged.passRetained(Body(name: name, run: run))
        var handle = pthread_t()
        let result = unsafe pthread_create(
            &handle, nil,
            { pointer in
                guard let pointer = unsafe pointer else { return nil }
                var all = sigset_t()
                unsafe sigfillset(&all)
                unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
                let body = unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
                unsafe gatelodge_name_thread(body.name)
                body.run()
                return nil
            }, body.toOpaque())
        guard result == 0 else {
            unsafe body.release()
            throw .system(call: "pthread_create", path: nil, errno: result)
        }
        self.handle = handle
    }

    func join() {
        _ = pthread_join(handle, nil)
    }
}
