import Foundation
import TestSupport
import Testing

/// Tokens that bring a key of their own, in a process that may neither open nor connect to anything any more.
@Suite struct ForeignKeyTests {
    @Test(.promise(35, 36)) func `A key that a token brings along is neither used nor looked for`() async {
        await #expect(processExitsWith: .success) {
            let site = try TestApplication()
            let good = try await site.token()
            let keySet = try await site.ask("GET", "/.well-known/jwks.json").body
            let kid = try #require(keySet.firstMatch(of: /"kid":"([^"]+)"/)?.1)
            func outcome(_ token: String) async throws -> String {
                let reply = try await site.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": "Bearer " + token])
                return "\(reply.status) \(reply.string("code") ?? "")"
            }
            // Whatever is read once is read now.
            guard try await outcome(good) == "200 ", try await outcome(good.altered) == "401 invalid_token" else {
                exit(1)
            }
            guard Forbidding.reachOut() else { exit(2) }
            for token in SelfSignedToken.all(kid: String(kid)) {
                guard try await outcome(token) == "401 invalid_token" else { exit(3) }
            }
            guard try await outcome(good) == "200 " else { exit(4) }
            _exit(0)
        }
    }

    @Test func `A process that may open nothing is ended when it does`() async {
        await #expect(processExitsWith: .signal(SIGSYS)) {
            guard Forbidding.reachOut() else { exit(2) }
            _ = unsafe open("/dev/null", O_RDONLY)
            _exit(0)
        }
    }
}
