internal import CSystem
internal import Glibc
internal import JSON

/// One end of a SOCK_SEQPACKET socket between two of an instance's processes. A packet is a JSON object; it may bring a
/// descriptor along.
///
/// Neither end ever waits for the other: what a full socket does not take is lost, and the sender told.
struct Channel: Sendable {
    /// Room for a status with all its figures.
    static let maximumBytes = 128 * 1024

    enum Received {
        case packet(JSONObject, descriptor: Int32?)
        case nothing
        /// The other end is gone, or does not keep to this.
        case closed
    }

    let descriptor: Int32

    @discardableResult
    func send(_ message: JSONObject, descriptor passed: Int32? = nil) -> Bool {
        let bytes = JSONValue.object(message).serialized()
        let descriptors = passed.map { [$0] } ?? []
        return unsafe gatelodge_send(descriptor, bytes, bytes.count, descriptors, Int32(descriptors.count))
            == bytes.count
    }

    func receive() -> Received {
        var bytes = [UInt8](repeating: 0, count: Self.maximumBytes)
        var passed: Int32 = -1
        var count: Int32 = 1
        let length = unsafe gatelodge_receive(descriptor, &bytes, bytes.count, &passed, &count)
        guard length > 0 else { return length < 0 && errno == EAGAIN ? .nothing : .closed }
        let limits = JSONLimits(maximumBytes: Self.maximumBytes)
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes.span.extracting(first: length), limits: limits)
            if let message = value.objectValue { return .packet(message, descriptor: count == 1 ? passed : nil) }
        } catch {
            // Only another program than ours would send this.
        }
        if count == 1 { close(passed) }
        return .closed
    }

    /// Whether a descriptor is a socket for packets.
    static func isPossible(on descriptor: Int32) -> Bool {
        var type: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) == 0
            && type == Int32(SOCK_SEQPACKET.rawValue)
    }
}
