import FastCGI
import Foundation
import Synchronization
import TestSupport
import Testing
import Threading

/// Connections on their way from one server to the next.
@Suite struct HandOverTests {
    private let folder: URL
    private let path: String
    private let listening: Int32

    init() throws {
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "s").path
        listening = try ListeningDescriptor.make(path: path)
    }

    private func ask(_ client: RawClient, _ path: String = "/") throws -> String? {
        try client.send(Records.request("GET", path))
        return try client.receiveReply()?.output.split(separator: "\r\n").last.map(String.init)
    }

    @Test func `Nobody is accepted before the server is told to`() throws {
        let server = try SteeredServer("first", listening: listening)
        let client = try RawClient(path: path, seconds: 3)
        #expect(throws: RawClient.Failure.self) { try ask(client) }
        server.accept()
        #expect(try client.receiveReply()?.output.hasSuffix("first /") == true)
    }

    @Test func `Idle connections go on at the next server, more of them than fit one message`() throws {
        let (first, second) = (
            try SteeredServer("first", listening: listening), try SteeredServer("second", listening: listening)
        )
        first.accept()
        let clients = try (0..<600).map { _ in
            let client = try RawClient(path: path)
            #expect(try ask(client) == "first /")
            return client
        }
        try first.handOver(to: second)
        #expect(first.waitForHandOver())
        for client in clients { #expect(try ask(client) == "second /") }
        #expect(first.handOvers.load(ordering: .sequentiallyConsistent) == 1)
        // Whoever comes now waits for the second to accept.
        let late = try RawClient(path: path)
        second.accept()
        #expect(try ask(late) == "second /")
    }

    @Test func `A half-sent request is served whole by the next server`() throws {
        let (first, second) = (
            try SteeredServer("first", listening: listening), try SteeredServer("second", listening: listening)
        )
        first.accept()
        let request = Records.request("POST", "/half", body: [UInt8](repeating: 7, count: 10_000))
        let cuts = [1, 7, 8, 20, request.count / 2, request.count - 1]
        let clients = try cuts.map { cut in
            let client = try RawClient(path: path)
            #expect(try ask(client) == "first /")
            try client.send([UInt8](request.prefix(cut)))
            return client
        }
        try first.handOver(to: second)
        #expect(first.waitForHandOver())
        for (client, cut) in zip(clients, cuts) {
            try client.send([UInt8](request.dropFirst(cut)))
            #expect(try client.receiveReply()?.output.hasSuffix("second /half") == true)
        }
    }

    @Test func `A request under way is answered where it is, and its connection goes on at the next server`() throws {
        let waiting = Locked<[CheckedContinuation<Void, Never>]>([])
        let first = try SteeredServer("first", listening: listening) { request in
            if request.path == "/slow" {
                await withCheckedContinuation { continuation in waiting.withLock { $0.append(continuation) } }
            }
            return Response(status: .ok)
        }
        let second = try SteeredServer("second", listening: listening)
        first.accept()
        let clients = try (0..<20).map { _ in try RawClient(path: path) }
        for client in clients { try client.send(Records.request("GET", "/slow")) }
        while waiting.withLock({ $0.count }) < clients.count { usleep(1000) }
        try first.handOver(to: second)
        usleep(300_000)
        #expect(first.handOvers.load(ordering: .sequentiallyConsistent) == 0)
        for continuation in waiting.withLock({ $0 }) { continuation.resume() }
        for client in clients {
            #expect(try client.receiveReply()?.output.hasSuffix("first /slow") == true)
            #expect(try ask(client) == "second /")
        }
        #expect(first.waitForHandOver())
    }

    @Test func `Where the next server dies, the first goes on with what had not arrived`() throws {
        let first = try SteeredServer("first", listening: listening)
        first.accept()
        let clients = try (0..<300).map { _ in try RawClient(path: path) }
        for client in clients { #expect(try ask(client) == "first /") }
        let ends = try SteeredServer.link()
        try first.handOver(over: ends.0)
        // Nothing was taken from the link.
        close(ends.1)
        usleep(300_000)
        #expect(first.handOvers.load(ordering: .sequentiallyConsistent) == 0)
        first.accept()
        for client in clients { #expect(try ask(client) == "first /") }
        let late = try RawClient(path: path)
        #expect(try ask(late) == "first /")
    }

    /// Gives a connection away over a link whose other end, which the test holds, has it and says nothing of it.
    private func handOverUnacknowledged(_ first: SteeredServer, _ client: RawClient) throws -> Int32 {
        first.accept()
        #expect(try ask(client) == "first /")
        let ends = try SteeredServer.link()
        try first.handOver(over: ends.0)
        var wanted = pollfd(fd: ends.1, events: Int16(POLLIN), revents: 0)
        #expect(unsafe poll(&wanted, 1, 20_000) == 1)
        return ends.1
    }

    @Test func `What was on its way when the next server died is served where it was, before anybody says so`() throws {
        let first = try SteeredServer("first", listening: listening)
        let client = try RawClient(path: path)
        close(try handOverUnacknowledged(first, client))
        #expect(try ask(client) == "first /")
        #expect(first.handOvers.load(ordering: .sequentiallyConsistent) == 0)
    }

    @Test func `What was on its way when the hand-over was called off is served where it was`() throws {
        let first = try SteeredServer("first", listening: listening)
        let client = try RawClient(path: path)
        let other = try handOverUnacknowledged(first, client)
        first.accept()
        close(other)
        #expect(try ask(client) == "first /")
    }

    @Test func `A server that is stopped answers what was on its way and did not arrive`() throws {
        let first = try SteeredServer("first", listening: listening)
        let client = try RawClient(path: path)
        let other = try handOverUnacknowledged(first, client)
        try client.send(Records.request("POST", "/last", body: [1, 2, 3]))
        first.stop()
        close(other)
        #expect(try client.receiveReply()?.output.hasSuffix("first /last") == true)
    }

    @Test func `A server can hand over what was handed to it`() throws {
        var server = try SteeredServer("first", listening: listening)
        server.accept()
        let clients = try (0..<50).map { _ in try RawClient(path: path) }
        for client in clients { #expect(try ask(client) == "first /") }
        for name in ["second", "third"] {
            let next = try SteeredServer(name, listening: listening)
            try server.handOver(to: next)
            #expect(server.waitForHandOver())
            // The one before is gone from here on, as is a process that has left.
            server = next
            for client in clients { #expect(try ask(client) == "\(name) /") }
        }
    }

    @Test func `An idle connection may stay as long as before, and a silent new one may not`() throws {
        let deadline = Duration.milliseconds(600)
        let first = try SteeredServer("first", listening: listening, requestDeadline: deadline)
        let second = try SteeredServer("second", listening: listening, requestDeadline: deadline)
        first.accept()
        let idle = try RawClient(path: path)
        #expect(try ask(idle) == "first /")
        let silent = try RawClient(path: path)
        let other = try RawClient(path: path)
        #expect(try ask(other) == "first /")  // the silent one has been accepted before it
        try first.handOver(to: second)
        #expect(first.waitForHandOver())
        #expect(try silent.receiveToEnd() == [])
        #expect(try ask(idle) == "second /")
    }

    @Test func `While connections go to and fro, no request is lost`() throws {
        let servers = try ["first", "second"].map { try SteeredServer($0, listening: listening) }
        servers[0].accept()
        let isDone = Atomic(false)
        let answers = Atomic(0)
        let failures = Locked<[String]>([])
        let group = DispatchGroup()
        for _ in 0..<8 {
            let path = path
            DispatchQueue(label: "client").async(group: group) {
                do {
                    let client = try RawClient(path: path)
                    while !isDone.load(ordering: .relaxed) {
                        try client.send(Records.request("POST", "/", body: [1, 2, 3]))
                        guard try client.receiveReply() != nil else {
                            failures.withLock { $0.append("closed") }
                            return
                        }
                        answers.wrappingAdd(1, ordering: .relaxed)
                    }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        for round in 0..<100 {
            let (from, to) = (servers[round % 2], servers[(round + 1) % 2])
            from.handOvers.store(0, ordering: .sequentiallyConsistent)
            to.accept()
            try from.handOver(to: to)
            #expect(from.waitForHandOver())
        }
        isDone.store(true, ordering: .relaxed)
        group.wait()
        #expect(failures.withLock { $0 } == [])
        #expect(answers.load(ordering: .relaxed) > 100)
    }
}
