internal import CSystem
internal import Glibc

/// The epoll set on which all serving threads wait.
final class EventSet: Sendable {
    /// What was waited for, and whose it is.
    struct Event {
        let token: UInt64
        let peerHasClosed: Bool
    }

    private let descriptor: Int32

    init() throws(FastCGIError) {
        descriptor = try OwnedDescriptor(gatelodge_epoll(), call: "epoll_create1").release()
    }

    deinit { close(descriptor) }

    /// False, with `errno`, where the system refuses.
    func add(_ watched: Int32, _ interest: gatelodge_interest, token: UInt64) -> Bool {
        gatelodge_epoll_add(descriptor, watched, Int32(interest.rawValue), token) == 0
    }

    /// Forgets a descriptor. One that is closed is forgotten without this, unless a duplicate lives in another process.
    func remove(_ watched: Int32) {
        _ = gatelodge_epoll_remove(descriptor, watched)
    }

    /// Blocks until something happens, or nil where a signal came first.
    func next() -> Event? {
        var token: UInt64 = 0
        var peerHasClosed: Int32 = 0
        guard unsafe gatelodge_epoll_wait(descriptor, &token, &peerHasClosed) == 1 else { return nil }
        return Event(token: token, peerHasClosed: peerHasClosed != 0)
    }
}
