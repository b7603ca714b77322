import FastCGI
import Glibc
import HTTPTypes
import TestSupport
import Testing
import Threading

@Suite struct ServingTests {
    @Test func `A request is answered, and the connection carries the next one`() throws {
        let server = try RunningServer()
        let client = try server.connect()
        for round in 1...3 {
            try client.send(Records.request("POST", "/\(round)", body: [UInt8](repeating: 7, count: round * 1000)))
            let reply = try #require(try client.receiveReply())
            #expect(reply.output.hasPrefix("Status: 200 OK\r\n"))
            #expect(reply.output.hasSuffix("\r\n\r\nPOST /\(round) \(round * 1000)"))
            #expect(reply.status == 0)
        }
        #expect(server.executions == 3)
    }

    @Test func `Without FCGI_KEEP_CONN the connection is closed after the reply`() throws {
        let server = try RunningServer()
        let client = try server.connect()
        try client.send(Records.request(keepsConnection: false))
        #expect(try client.receiveReply() != nil)
        #expect(try client.receive() == [])
    }

    @Test func `The largest body and reply pass`() throws {
        let server = try RunningServer { request in
            Response(status: .ok, body: .init(request.body + request.body))
        }
        let body = (0..<96 * 1024).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) & 0x7F }
        let client = try server.connect()
        try client.send(Records.request("POST", "/", body: body))
        let reply = try #require(try client.receiveReply())
        #expect(reply.output.hasSuffix("\r\n\r\n" + String(decoding: body + body, as: UTF8.self)))
    }

    @Test func `A handler that waits goes on, and others are served meanwhile`() throws {
        let released = Locked<[CheckedContinuation<Void, Never>]>([])
        let server = try RunningServer { request in
            if request.path == "/slow" {
                await withCheckedContinuation { continuation in released.withLock { $0.append(continuation) } }
            }
            return Response(status: .ok, body: .text(request.path))
        }
        // More than there are threads.
        let slow = try (0..<64).map { _ in try server.connect() }
        for client in slow { try client.send(Records.request("GET", "/slow")) }
        let quick = try server.connect()
        while released.withLock({ $0.count }) < slow.count {
            try quick.send(Records.request("GET", "/quick"))
            #expect(try quick.receiveReply()?.output.hasSuffix("/quick") == true)
        }
        for continuation in released.withLock({ $0 }) { continuation.resume() }
        for client in slow { #expect(try client.receiveReply()?.output.hasSuffix("/slow") == true) }
        // The same connections are still good.
        for client in slow { try client.send(Records.request("GET", "/again")) }
        for client in slow { #expect(try client.receiveReply()?.output.hasSuffix("/again") == true) }
    }

    @Test func `A handler whose peer has gone is cancelled`() throws {
        let cancelled = Locked(0)
        let server = try RunningServer { _ in
            try? await Task.sleep(for: .seconds(3600))  // ends by throwing when it is cancelled, which is the point
            cancelled.withLock { $0 += Task.isCancelled ? 1 : 0 }
            return Response(status: .ok)
        }
        do {
            let client = try server.connect()
            try client.send(Records.request())
            while server.executions == 0 { usleep(1000) }
        }
        server.stop()
        #expect(cancelled.withLock { $0 } == 1)
    }

    @Test(.promise(76)) func `Every prefix of a request executes nothing`() throws {
        let server = try RunningServer()
        let request = Records.request("POST", "/login", body: [UInt8]("{}".utf8), parameters: [("A", "b")])
        for length in 0..<request.count {
            let client = try server.connect()
            try client.send([UInt8](request.prefix(length)))
            client.endSending()
            #expect(try client.receiveToEnd() == [])
        }
        #expect(server.executions == 0)
        let client = try server.connect()
        try client.send(request)
        #expect(try client.receiveReply() != nil)
        #expect(server.executions == 1)
    }

    @Test func `A request that comes byte by byte is served`() throws {
        let server = try RunningServer()
        let client = try server.connect()
        for byte in Records.request("GET", "/slowly") { try client.send([byte]) }
        #expect(try client.receiveReply()?.output.hasSuffix("GET /slowly 0") == true)
    }

    @Test(.promise(84)) func `Byte strings that abort libfcgi hurt nobody`() throws {
        let server = try RunningServer()
        let names = [("FCGI_MPXS_CONNS", "")]
        let strings: [[UInt8]] = [
            Records.record(9, id: 0, Records.pairs(names + names + names + names)),
            Records.record(9, id: 0, [0xC0, 0, 0, 0, 0xC0, 0, 0, 0]),
            Records.begin() + Records.stream(4, [0xC0, 0, 0, 0, 0xC0, 0, 0, 0]),
            Records.begin() + Records.record(99, id: 0, Records.pairs([("A", "b")])) + Records.record(4)
                + Records.record(5),
            [1, 1, 0, 1], [1], [UInt8](repeating: 0xFF, count: 100), [UInt8](repeating: 0, count: 100),
            Records.record(2), Records.record(5), Records.begin(id: 0), Records.begin() + Records.begin(),
        ]
        for bytes in strings {
            let client = try server.connect()
            try client.send(bytes)
            client.endSending()
            _ = try client.receiveToEnd()
            let next = try server.connect()
            try next.send(Records.request())
            #expect(try next.receiveReply()?.output.hasPrefix("Status: 200 OK") == true)
        }
        #expect(server.executions == strings.count)
    }

    @Test func `GET_VALUES before a request is answered on the same connection`() throws {
        let server = try RunningServer()
        let client = try server.connect()
        try client.send(Records.record(9, id: 0, Records.pairs([("FCGI_MAX_REQS", "")])))
        #expect(try client.receive() == Records.record(10, id: 0, Records.pairs([("FCGI_MAX_REQS", "0")])))
        try client.send(Records.request())
        #expect(try client.receiveReply() != nil)
    }

    @Test(
        arguments: [
            ("413", [UInt8](repeating: 1, count: 300_000), []),
            ("431", [], (0..<257).map { ("A\($0)", "") }),
            ("400", [1], [("A", "\0")]),
            ("400", [1], [("CONTENT_LENGTH", "1")]),
        ] as [(String, [UInt8], [(String, String)])])
    func `A refused request is read to its end and answered, and the connection is kept`(
        _ status: String, _ body: [UInt8], _ parameters: [(String, String)]
    ) throws {
        let server = try RunningServer()
        let client = try server.connect()
        let isControl = parameters.first?.0 == "CONTENT_LENGTH"
        try client.send(Records.request("POST", "/", body: body, parameters: parameters, id: 9))
        let reply = try #require(try client.receiveReply())
        #expect(reply.output.hasPrefix("Status: \(isControl ? "200" : status)"))
        #expect(server.executions == (isControl ? 1 : 0))
        try client.send(Records.request())
        #expect(try client.receiveReply()?.output.hasPrefix("Status: 200 OK") == true)
    }

    @Test(
        .promise(76),
        arguments: [
            "", "-3", "+3", "0x3", " 3", "3 ", "2", "4", "9223372036854775808", "99999999999999999999999", "3,3",
        ])
    func `A body of another length than it says is never executed`(_ length: String) throws {
        let server = try RunningServer()
        let client = try server.connect()
        func request(_ length: String) -> [UInt8] {
            Records.begin()
                + Records.stream(4, Records.pairs([("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", length)]))
                + Records.stream(5, [1, 2, 3])
        }
        try client.send(request(length))
        #expect(try client.receiveReply()?.output.hasPrefix("Status: 400") == true)
        #expect(server.executions == 0)
        try client.send(request("3"))
        #expect(try client.receiveReply()?.output.hasPrefix("Status: 200") == true)
    }

    @Test func `Bytes behind a request end the connection after its reply`() throws {
        let server = try RunningServer()
        let client = try server.connect()
        try client.send(Records.request("GET", "/1") + Records.request("GET", "/2", id: 2))
        #expect(try client.receiveReply()?.output.hasSuffix("GET /1 0") == true)
        #expect(try client.receiveToEnd() == [])
        #expect(server.executions == 1)
    }

    @Test(.promise(84)) func `Half-sent requests cost no thread and no time, and end at the deadline`() throws {
        var configuration = FastCGIServer.Configuration()
        configuration.threads = 2
        configuration.requestDeadline = .seconds(1)
        let server = try RunningServer(configuration: configuration)
        let half = [UInt8](Records.request().dropLast(3))
        let clients = try (0..<200).map { _ in try server.connect() }
        for client in clients { try client.send(half) }
        let fresh = try server.connect()
        try fresh.send(Records.request())
        #expect(try fresh.receiveReply() != nil)
        for client in clients { #expect(try client.receiveToEnd() == []) }
        #expect(server.executions == 1)
        // The deadline is a request's: the connection that was served stays.
        try fresh.send(Records.request())
        #expect(try fresh.receiveReply() != nil)
    }

    @Test func `Idle kept connections hold no thread`() throws {
        var configuration = FastCGIServer.Configuration()
        configuration.threads = 4
        let server = try RunningServer(configuration: configuration)
        let idle = try (0..<64).map { _ in try server.connect() }
        for client in idle {
            try client.send(Records.request())
            #expect(try client.receiveReply() != nil)
        }
        let fresh = try server.connect()
        try fresh.send(Records.request())
        #expect(try fresh.receiveReply() != nil)
    }

    @Test func `A peer that does not read is dropped at the write deadline`() throws {
        var configuration = FastCGIServer.Configuration()
        configuration.writeDeadline = .milliseconds(300)
        let server = try RunningServer(configuration: configuration) { _ in
            Response(status: .ok, body: .init([UInt8](repeating: 65, count: 4 << 20)))
        }
        let client = try server.connect()
        try client.send(Records.request())
        server.stop()  // which waits for the reply to be over
        #expect(try client.receiveToEnd().count < 4 << 20)
    }

    @Test func `A graceful stop answers what was accepted`() throws {
        let released = Locked<CheckedContinuation<Void, Never>?>(nil)
        let server = try RunningServer { request in
            if request.path == "/slow" {
                await withCheckedContinuation { continuation in released.withLock { $0 = continuation } }
            }
            return Response(status: .ok, body: .text("done"))
        }
        let idle = try server.connect()
        try idle.send(Records.request())
        #expect(try idle.receiveReply() != nil)
        let slow = try server.connect()
        try slow.send(Records.request("GET", "/slow"))
        while released.withLock({ $0 == nil }) { usleep(1000) }
        // Accepted or waiting to be, and its request only half here.
        let half = try server.connect()
        let request = Records.request("GET", "/half")
        try half.send([UInt8](request.prefix(20)))

        server.beginStop()
        #expect(try idle.receiveToEnd() == [])
        try half.send([UInt8](request.dropFirst(20)))
        #expect(try half.receiveReply()?.output.hasSuffix("done") == true)
        released.withLock { $0?.resume() }
        #expect(try slow.receiveReply()?.output.hasSuffix("done") == true)
        #expect(try slow.receive() == [])
        server.stop()
        #expect(throws: RawClient.Failure(call: "connect", errno: ENOENT)) { try server.connect() }
    }

    @Test(arguments: [[], Records.record(5), Records.record(5, padding: 7)])
    func `An authorizer is served at the end of its parameters, and its connection kept`(_ end: [UInt8]) throws {
        let server = try RunningServer { request in
            Response(status: .ok, body: .text("\(request.role) \(request.path)"))
        }
        let client = try server.connect()
        // Some web servers tell the length of a body that they keep.
        let parameters = [("REQUEST_METHOD", "POST"), ("SCRIPT_NAME", "/a"), ("CONTENT_LENGTH", "7")]
        for _ in 1...3 {
            try client.send(Records.begin(role: 2) + Records.stream(4, Records.pairs(parameters)) + end)
            #expect(try client.receiveReply()?.output.hasSuffix("authorizer /a") == true)
            try client.send(Records.request("GET", "/b"))
            #expect(try client.receiveReply()?.output.hasSuffix("responder /b") == true)
        }
    }

    @Test func `The end of an authorizer's input may come after the reply`() throws {
        let server = try RunningServer()
        let client = try server.connect()
        for _ in 1...3 {
            try client.send(Records.begin(role: 2) + Records.stream(4, Records.pairs([("REQUEST_METHOD", "GET")])))
            #expect(try client.receiveReply() != nil)
            try client.send(Records.record(5))
            try client.send(Records.request("GET", "/b"))
            #expect(try client.receiveReply()?.output.hasSuffix("GET /b 0") == true)
        }
    }
}
