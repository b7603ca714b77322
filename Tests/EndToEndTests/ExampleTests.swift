import Foundation
import TestSupport
import Testing

/// The example application, built as a package of its own by `scripts/test`, which names it here.
private let example = ProcessInfo.processInfo.environment["GATELODGE_EXAMPLE_POSTS"]

@Suite(.enabled(if: example != nil, "`make test` builds the example")) struct ExampleTests {
    @Test func `An application adds public and protected routes of its own`() throws {
        let program = URL(fileURLWithPath: try #require(example))
        let site = try Site(withNginx: false, program: program, arguments: [])
        let replacements = try site.registerVicky()
        func send(_ request: ScenarioRequest) throws -> ScenarioReply {
            try site.sendPastNginx(request.replacing(replacements))
        }
        #expect(try send(.get("/api/public")).body == #"{"message":"Anyone may read this"}"#)
        #expect(try send(.get("/api/posts/mine")).status == 401)
        #expect(try send(.get("/api/posts/mine", authorization: "{token}")).body == #"{"posts":[]}"#)
        var post = ScenarioRequest.post("/api/posts/mine", #"{"text":"hello"}"#)
        #expect(try send(post).status == 401)
        post.fields.append((name: "Authorization", value: "Bearer {token}"))
        #expect(try send(post).status == 201)
        #expect(try send(.get("/api/posts/mine", authorization: "{token}")).body == #"{"posts":["hello"]}"#)
        post.body = [UInt8]("{}".utf8)
        #expect(try send(post).body.contains(#""code":"no_text""#))
    }
}
