internal import CSystem
internal import Glibc

/// A system thread that runs one function and takes no signals: those have one place of their own.
@safe package struct Thread {
    /// The system has no room for another thread.
    package struct Failure: Error, Equatable {
        /// As pthread_create(3) gives it.
        package let errno: Int32
    }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private let handle: pthread_t

    /// Starts a thread that somebody joins or detaches.
    ///
    /// - Parameter name: at most 15 bytes, as the system shows it.
    package init(name: String, _ run: @escaping @Sendable () -> Void) throws(Failure) {
        // It inherits the mask, so that not even its first instruction takes a signal.
        var all = sigset_t()
        var previous = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }

        let body = unsafe Unmanaged.passRetained(Body(name: name, run: run))
        var handle = pthread_t()
        let result = unsafe pthread_create(
            &handle, nil,
            { pointer in
                guard let pointer = unsafe pointer else { return nil }
                let body = unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
                unsafe gatelodge_name_thread(body.name)
                body.run()
                return nil
            }, body.toOpaque())
        guard result == 0 else {
            unsafe body.release()
            throw Failure(errno: result)
        }
        self.handle = handle
    }

    /// Starts a thread that nobody waits for.
    ///
    /// - Precondition: the system has room for another thread.
    package static func start(name: String, _ run: @escaping @Sendable () -> Void) {
        do throws(Failure) { try Thread(name: name, run).detach() } catch {
            preconditionFailure("no room for another thread")
        }
    }

    /// Waits until it has ended. To be called once, and not beside ``detach()``.
    package func join() {
        pthread_join(handle, nil)
    }

    /// Lets it end on its own.
    package func detach() {
        pthread_detach(handle)
    }
}
