import Bcrypt
import Foundation
import Testing
import Threading

/// The engine and the service of a hasher process, joined by sockets as the two processes are.
@Suite("Process engine", .timeLimit(.minutes(5))) struct ProcessEngineTests {
    /// Services of this process that stand for hasher processes, of which one can be ended.
    private final class Services: Sendable {
        private let ends = Locked<[Int32]>([])

        var count: Int { ends.withLock { $0.count } }

        /// Starts a service and gives the other end of its socket.
        func connect() -> Int32? {
            var pair: [Int32] = [-1, -1]
            guard unsafe socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &pair) == 0 else { return nil }
            let end = pair[1]
            ends.withLock { $0.append(end) }
            Foundation.Thread.detachNewThread {
                HasherService(threads: 1).serve(end)
            }
            return pair[0]
        }

        /// What the other end sees when a process is killed.
        func end(_ index: Int) { ends.withLock { _ = shutdown($0[index], Int32(SHUT_RDWR)) } }
    }

    private let services = Services()

    private func hasher(timeLimit: Duration = .seconds(60)) -> BcryptHasher {
        let services = services
        return BcryptHasher(engine: ProcessEngine(threads: 1, connect: { services.connect() }), timeLimit: timeLimit)
    }

    @Test func `What is hashed there verifies here, and a wrong password does not`() async throws {
        let hasher = hasher()
        let cost = try BcryptCost(insecure: 4)
        for password in ["", "correct horse", String(repeating: "x", count: 72), String(repeating: "x", count: 1024)] {
            let hash = try await hasher.hash(password.utf8.span, cost: cost)
            #expect(try Bcrypt.verify(password.utf8.span, against: hash))
            #expect(try await hasher.verify(password.utf8.span, against: hash, paddedTo: BcryptCost(insecure: 5)))
            let wrong = password + "y"
            if wrong.utf8.count <= Bcrypt.maximumPasswordBytes {
                #expect(try await !hasher.verify(wrong.utf8.span, against: hash))
            }
        }
        #expect(services.count == 1)
    }

    @Test func `Many at once each get their own answer`() async throws {
        let hasher = hasher()
        let cost = try BcryptCost(insecure: 4)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<60 {
                group.addTask {
                    let password = "password \(number)"
                    let hash = try await hasher.hash(password.utf8.span, cost: cost)
                    let other = "password \(number + 1)"
                    return try Bcrypt.verify(password.utf8.span, against: hash)
                        && !Bcrypt.verify(other.utf8.span, against: hash)
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test func `What was under way when the process died is done by the next one`() async throws {
        let hasher = hasher()
        let cost = try BcryptCost(insecure: 8)
        async let first = hasher.hash("first".utf8.span, cost: cost)
        async let second = hasher.hash("second".utf8.span, cost: cost)
        while services.count == 0 { await Task.yield() }
        services.end(0)
        let hashes = try await [first, second]
        #expect(try Bcrypt.verify("first".utf8.span, against: hashes[0]))
        #expect(try Bcrypt.verify("second".utf8.span, against: hashes[1]))
        #expect(services.count == 2)
    }

    @Test func `Where no process can be had, the deadline ends the wait`() async throws {
        let hasher = BcryptHasher(engine: ProcessEngine(threads: 1, connect: { nil }), timeLimit: .milliseconds(300))
        do {
            _ = try await hasher.hash("password".utf8.span)
            Issue.record("it was hashed")
        } catch {
            guard case .overloaded = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `A task that is cancelled waits no longer`() async throws {
        let hasher = hasher()
        let task = Task { () async -> BcryptError? in
            do throws(BcryptError) {
                _ = try await hasher.hash("password".utf8.span, cost: BcryptCost(16))
                return nil
            } catch {
                return error
            }
        }
        while services.count == 0 { await Task.yield() }
        task.cancel()
        #expect(await task.value == .cancelled)
        // The lane is free again.
        let cost = try BcryptCost(insecure: 4)
        let hash = try await hasher.hash("next".utf8.span, cost: cost)
        #expect(try Bcrypt.verify("next".utf8.span, against: hash))
    }

    @Test func `What cannot be done in time is refused at once`() async throws {
        let hasher = hasher(timeLimit: .seconds(20))
        let cost = try BcryptCost(insecure: 4)
        // The engine learns its pace.
        _ = try await hasher.hash("password".utf8.span, cost: cost)
        let dear = try BcryptCost(16)
        let long = Task { try await hasher.hash("long".utf8.span, cost: dear) }
        while !(await isRefused(hasher, dear)) { await Task.yield() }
        long.cancel()
        _ = await long.result
        #expect(await !isRefused(hasher, cost))
    }

    private func isRefused(_ hasher: BcryptHasher, _ cost: BcryptCost) async -> Bool {
        do throws(BcryptError) {
            _ = try await hasher.hash(
                "another".utf8.span, cost: cost, within: .milliseconds(cost.value == 16 ? 1 : 20_000))
            return false
        } catch {
            guard case .overloaded = error else { return false }
            return true
        }
    }
}
