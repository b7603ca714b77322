internal import CSystem
internal import FastCGI
internal import Glibc
internal import JSON

/// What a supervisor leaves to the newer program that takes its place in the same process: open descriptors, children, and
/// what is known of them, as JSON in a file in memory.
package struct Inheritance: Sendable {
    /// A listening socket that stays open.
    struct Socket: Sendable {
        let descriptor: Int32
        let name: ListeningSocket.Name?

        var socket: ListeningSocket { ListeningSocket(descriptor: descriptor, name: name) }
    }

    struct Worker: Sendable {
        let processID: Int32
        let channel: Int32
        let generation: Int
        let settings: [String: String]
    }

    struct Hasher: Sendable {
        let listening: Socket
        let processID: Int32
        let lifeline: Int32
    }

    /// The option that tells a program that it takes over.
    package static let optionName = "inheritance"
    /// The option that asks a program only whether it could.
    package static let checkOptionName = "check-inheritance"

    var listening: Socket
    var control: Socket
    var hasher: Hasher?
    var worker: Worker?
    var counters: SupervisorCounters
    var manager: ServiceManager

    /// Every descriptor that must stay open.
    var descriptors: [Int32] {
        let sockets = [listening, control, hasher?.listening].compactMap(\.self)
        return sockets.map(\.descriptor) + sockets.compactMap { $0.name?.lock }
            + [hasher?.lifeline, worker?.channel].compactMap(\.self)
    }
}

/// As JSON.
extension Inheritance {
    private static let maximumBytes = 256 * 1024

    /// Writes it to a new file in memory, which an exec keeps open, and answers with its descriptor.
    func write() -> Int32? {
        let descriptor = unsafe gatelodge_memory_file("gatelodge")
        guard descriptor >= 0 else { return nil }
        let bytes = JSONValue.object(json).serialized()
        guard unsafe pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Reads what the program before has left; nothing where it cannot be understood.
    package init?(reading descriptor: Int32) {
        var bytes = [UInt8](repeating: 0, count: Self.maximumBytes)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0,
            let json = try? JSONValue(  // nil says all that can be done about it
                parsing: bytes.span.extracting(first: count), limits: JSONLimits(maximumBytes: Self.maximumBytes)
            ).objectValue
        else { return nil }
        self.init(json)
    }

    private var json: JSONObject {
        var json: JSONObject = [
            "listening": Self.json(listening), "control": Self.json(control), "counters": .object(counters.json),
        ]
        if let hasher {
            json["hasher"] = [
                "listening": Self.json(hasher.listening), "process": .integer(Int64(hasher.processID)),
                "lifeline": .integer(Int64(hasher.lifeline)),
            ]
        }
        if let worker {
            var settings = JSONObject()
            for (name, mark) in worker.settings { settings[name] = .string(mark) }
            json["worker"] = [
                "process": .integer(Int64(worker.processID)), "channel": .integer(Int64(worker.channel)),
                "generation": .integer(Int64(worker.generation)), "settings": .object(settings),
            ]
        }
        if let address = manager.address { json["notify"] = .string(address) }
        if let interval = manager.watchdogInterval {
            json["watchdog_microseconds"] = .integer(Int64(interval / .microseconds(1)))
        }
        return json
    }

    private static func json(_ socket: Socket) -> JSONValue {
        var json: JSONObject = ["descriptor": .integer(Int64(socket.descriptor))]
        if let name = socket.name {
            json["path"] = .string(name.path)
            json["device"] = .integer(Int64(bitPattern: name.device))
            json["inode"] = .integer(Int64(bitPattern: name.inode))
            json["lock"] = .integer(Int64(name.lock))
        }
        return .object(json)
    }

    private init?(_ json: JSONObject) {
        guard let listening = Self.socket(json["listening"]), let control = Self.socket(json["control"]),
            let counters = json["counters"]?.objectValue
        else { return nil }
        self.listening = listening
        self.control = control
        self.counters = SupervisorCounters(counters)
        manager = ServiceManager(
            notifySocket: json["notify"]?.stringValue,
            watchdogInterval: json["watchdog_microseconds"]?.integerValue.map { .microseconds($0) })
        if let hasher = json["hasher"]?.objectValue {
            guard let listening = Self.socket(hasher["listening"]), let process = Self.number(hasher["process"]),
                let lifeline = Self.number(hasher["lifeline"])
            else { return nil }
            self.hasher = Hasher(listening: listening, processID: process, lifeline: lifeline)
        }
        if let worker = json["worker"]?.objectValue {
            guard let process = Self.number(worker["process"]), let channel = Self.number(worker["channel"]),
                let generation = Self.number(worker["generation"])
            else { return nil }
            var settings: [String: String] = [:]
            for member in worker["settings"]?.objectValue?.members ?? [] {
                settings[member.name] = member.value.stringValue
            }
            self.worker = Worker(
                processID: process, channel: channel, generation: Int(generation), settings: settings)
        }
    }

    private static func socket(_ json: JSONValue?) -> Socket? {
        guard let json = json?.objectValue, let descriptor = number(json["descriptor"]) else { return nil }
        guard let path = json["path"]?.stringValue else { return Socket(descriptor: descriptor, name: nil) }
        guard let device = json["device"]?.integerValue, let inode = json["inode"]?.integerValue,
            let lock = number(json["lock"])
        else { return nil }
        let name = ListeningSocket.Name(
            path: path, device: UInt64(bitPattern: device), inode: UInt64(bitPattern: inode), lock: lock)
        return Socket(descriptor: descriptor, name: name)
    }

    private static func number(_ json: JSONValue?) -> Int32? {
        json?.integerValue.flatMap(Int32.init(exactly:))
    }
}
