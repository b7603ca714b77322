import Bcrypt
import Cryptography
import ForeignHashes
import Foundation
import Testing
import Threading

/// The same verdicts on a thread of this process and over the socket of a hashing process.
@Suite(.timeLimit(.minutes(5))) struct ForeignVerifierTests {
    /// Stands for hashing processes.
    private final class Services: Sendable {
        private let ends = Locked<[Int32]>([])

        var count: Int { ends.withLock { $0.count } }

        func connect() -> Int32? {
            var pair: [Int32] = [-1, -1]
            guard unsafe socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &pair) == 0 else { return nil }
            let end = pair[1]
            ends.withLock { $0.append(end) }
            Thread.detachNewThread {
                let work = ForeignWork()
                HasherService(threads: 1) { work.answer($0) }.serve(end)
            }
            return pair[0]
        }

        /// What the other end sees when a process is killed.
        func endAll() { ends.withLock { for end in $0 { _ = shutdown(end, Int32(SHUT_RDWR)) } } }
    }

    private func secret(_ text: String) -> SecretBytes { SecretBytes(copying: Array(text.utf8).span) }

    private func check(_ verifier: ForeignVerifier) async throws {
        for vector in try ForeignVector.all() {
            let hash = try ForeignHash(parsing: vector.passwordHash)
            try #require(hash.algorithm.isAvailable, "\(hash.algorithm.library ?? "") is missing")
            #expect(try await verifier.verify(secret(vector.password), against: hash), "\(vector.name)")
            for wrong in vector.password == "x" ? ["", "xx", "X"] : [vector.password + "x"] {
                #expect(try await !verifier.verify(secret(wrong), against: hash), "\(vector.name)")
            }
        }
    }

    @Test func `Every vector verifies on a thread, and no other password does`() async throws {
        try await check(ForeignVerifier())
    }

    @Test func `Every vector verifies in the hashing process, over one connection`() async throws {
        let services = Services()
        try await check(ForeignVerifier(connect: { services.connect() }))
        #expect(services.count == 1)
    }

    @Test func `A hashing process that ended is connected to again`() async throws {
        let services = Services()
        let verifier = ForeignVerifier(connect: { services.connect() })
        let vector = try #require(try ForeignVector.all().first)
        let hash = try ForeignHash(parsing: vector.passwordHash)
        #expect(try await verifier.verify(secret(vector.password), against: hash))
        services.endAll()
        #expect(try await verifier.verify(secret(vector.password), against: hash))
        #expect(services.count == 2)
    }

    @Test func `Bcrypt goes on over the sockets of a process that knows more than bcrypt`() async throws {
        let services = Services()
        let hasher = BcryptHasher(engine: ProcessEngine(threads: 1, connect: { services.connect() }))
        let hash = try await hasher.hash("correct horse".utf8.span, cost: BcryptCost(insecure: 4))
        #expect(try await hasher.verify("correct horse".utf8.span, against: hash))
    }

    @Test func `Who would wait too long is refused at once, and all others get their answer`() async throws {
        let verifier = ForeignVerifier(timeLimit: .milliseconds(700))
        let dear = try ForeignHash(
            parsing: "$pbkdf2-sha512$900000$c2FsdHNhbHRzYWx0$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI")
        let outcomes = await withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<20 {
                group.addTask { try? await verifier.verify(self.secret("x"), against: dear) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == false } >= 1)
        #expect(outcomes.count { $0 == nil } >= 1)
        #expect(!outcomes.contains(true))
        #expect(try await !verifier.verify(secret("x"), against: dear))
    }

    @Test func `One that is given up before its turn is not computed`() async throws {
        let verifier = ForeignVerifier()
        let vector = try #require(try ForeignVector.all().first)
        let hash = try ForeignHash(parsing: vector.passwordHash)
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await verifier.verify(secret(vector.password), against: hash)
        }
        await #expect(throws: ForeignVerificationError.cancelled) { try await task.value }
    }
}
