internal import Synchronization

/// What becomes of a connection when nobody is being served on it.
enum ServingMode: UInt8, AtomicRepresentable {
    /// It waits for its next request.
    case serving
    /// It goes to another process.
    case handingOver
    /// It ends.
    case stopping
}
