internal import Foundation
internal import Threading

/// Reads a descriptor to its end, on a thread of its own, and closes it. With hundreds of processes a FileHandle's
/// `readabilityHandler` makes libdispatch crash now and then, as descriptors are closed and used again while it still
/// watches them.
final class Collector: Sendable {
    private let bytes = Locked<[UInt8]>([])
    private let ended = DispatchSemaphore(value: 0)

    init(_ descriptor: Int32) {
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            while true {
                let count = unsafe read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                bytes.withLock { $0 += buffer[..<count] }
            }
            close(descriptor)
            ended.signal()
        }
    }

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    /// Waits for the end, for some seconds: others may hold the descriptor as well.
    func waitForEnd() {
        if ended.wait(timeout: .now() + 5) == .success { ended.signal() }
    }
}
