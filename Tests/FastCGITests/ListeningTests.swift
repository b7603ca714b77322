import FastCGI
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite struct ListeningTests {
    private let folder: URL

    init() throws {
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func run(_ listening: Listening) throws {
        let stop = try StopEvent()
        stop.set()
        try FastCGIServer(listening: listening) { _ in Response(status: .ok) }.run(until: stop)
    }

    @Test func `A path of 107 bytes is served and one of 108 is refused with the reason`() throws {
        let room = 107 - folder.path.utf8.count - 1
        let fits = folder.path + "/" + String(repeating: "s", count: room)
        try run(.unix(path: fits))
        #expect(throws: FastCGIError.socketPathTooLong(path: fits + "s", bytes: 108)) {
            try run(.unix(path: fits + "s"))
        }
    }

    @Test func `A socket that is served is not taken, and its server is named`() throws {
        let server = try RunningServer()
        #expect(throws: FastCGIError.socketInUse(path: server.path, processID: getpid())) {
            try run(.unix(path: server.path))
        }
        // Also where somebody took the lock's file away.
        try FileManager.default.removeItem(atPath: server.path + ".lock")
        #expect(throws: FastCGIError.socketInUse(path: server.path, processID: nil)) {
            try run(.unix(path: server.path))
        }
        let client = try server.connect()
        try client.send(Records.request())
        #expect(try client.receiveReply() != nil)
    }

    @Test func `A stale socket is replaced`() throws {
        let path = folder.path + "/stale"
        let descriptor = try ListeningDescriptor.make(path: path)
        close(descriptor)
        #expect(FileManager.default.fileExists(atPath: path))
        try run(.unix(path: path))
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `A file that is no socket is left alone`() throws {
        let path = folder.path + "/file"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: FastCGIError.notASocket(path: path)) { try run(.unix(path: path)) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test(.promise(85)) func `The socket has its mode before anyone can connect`() throws {
        let server = try RunningServer()
        let attributes = try FileManager.default.attributesOfItem(atPath: server.path)
        #expect(attributes[.posixPermissions] as? Int == 0o660)
    }

    @Test func `An unknown group and a missing folder are named`() throws {
        let path = folder.path + "/s"
        #expect(throws: FastCGIError.unknownGroup(name: "no-such-group")) {
            try run(.unix(path: path, group: "no-such-group"))
        }
        #expect(throws: FastCGIError.system(call: "open", path: "/nowhere/s.lock", errno: ENOENT)) {
            try run(.unix(path: "/nowhere/s"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["s.lock"])
    }

    @Test func `A descriptor that does not listen is refused`() throws {
        let file = try #require(FileHandle(forReadingAtPath: "/dev/null"))
        #expect(throws: FastCGIError.notListening(descriptor: file.fileDescriptor)) {
            try run(.inherited(descriptor: file.fileDescriptor))
        }
    }

    @Test func `An inherited socket is served`() throws {
        let path = folder.path + "/inherited"
        let descriptor = try ListeningDescriptor.make(path: path)
        let client = try RawClient(path: path)
        try client.send(Records.request())
        try run(.inherited(descriptor: descriptor))
        #expect(try client.receiveReply()?.output.hasPrefix("Status: 200") == true)
        // It is not ours to take away.
        #expect(FileManager.default.fileExists(atPath: path))
        close(descriptor)
    }
}
