import Authentication
import Embedded
import Foundation
import Gatelodge
import TestSupport
import Testing

@Suite struct APIDescriptionTests {
    private struct Document: Decodable {
        struct Operation: Decodable {
            let operationId: String
        }
        struct Schema: Decodable {
            let `enum`: [String]?
            let properties: [String: Schema]?
        }
        struct Components: Decodable {
            let schemas: [String: Schema]
        }

        let paths: [String: [String: Operation]]
        let components: Components

        var operations: Set<String> {
            Set(paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } })
        }
    }

    private static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func describe(_ site: TestApplication, below prefix: String = "/api/") async throws -> Document {
        let reply = try await site.ask("GET", prefix + "openapi.json")
        return try JSONDecoder().decode(Document.self, from: Data(reply.body.utf8))
    }

    /// The routes of an application as `METHOD path`.
    private func routes(_ site: TestApplication) -> Set<String> {
        Set(site.application.metrics.routeNames.filter { $0.method != "any" }.map { "\($0.method) \($0.route)" })
    }

    @Test func `Every route is described, and everything that is described is a route`() async throws {
        let site = try TestApplication()
        #expect(try await describe(site).operations == routes(site))
        let other = try TestApplication()
        other.application.get("/api/posts", .authenticated) { _, _ in .json([:]) }
        other.application.get("/own") { _ in .json([:]) }
        let document = try await describe(other)
        #expect(routes(other).subtracting(document.operations) == ["GET /own"])
        // The file has no more than that: nothing was left out for want of a route.
        let identifiers = EmbeddedFile.openAPI.split(separator: "\n").filter { $0.contains(" operationId: ") }
        #expect(document.operations.count == identifiers.count && identifiers.count > 30)
        #expect(Set(document.paths.values.flatMap(\.values).map(\.operationId)).count == identifiers.count)
    }

    @Test func `The paths begin with the prefix of the instance`() async throws {
        let site = try TestApplication { settings, _ in settings.prefix = "/auth/" }
        let document = try await describe(site, below: "/auth/")
        #expect(document.operations == routes(site))
        #expect(document.paths["/auth/me"] != nil && document.paths["/api/me"] == nil)
        #expect(document.paths["/register"] != nil && document.paths["/status"] != nil)
    }

    @Test func `An instance without a prefix starts, and is described`() async throws {
        let site = try TestApplication { settings, _ in settings.prefix = "/" }
        let document = try await describe(site, below: "/")
        #expect(document.operations == routes(site))
        #expect(document.paths["/me"] != nil && document.paths["/login"] != nil)
    }

    @Test func `Whoever has it is not sent it again`() async throws {
        let site = try TestApplication()
        let tag = try #require(try await site.ask("GET", "/api/openapi.json").fields["etag"])
        let again = try await site.ask("GET", "/api/openapi.json", ["HTTP_IF_NONE_MATCH": tag])
        #expect(again.status == 304 && again.body == "" && again.fields["etag"] == tag)
        #expect(again.fields["cache-control"] == "public, max-age=300")
        #expect(try await site.ask("GET", "/api/openapi.json", ["HTTP_IF_NONE_MATCH": "\"x\""]).status == 200)
    }

    @Test func `The program holds the file that stands in docs`() throws {
        let file = Self.checkout.appending(path: "docs/openapi.yaml")
        #expect(try String(contentsOf: file, encoding: .utf8) == EmbeddedFile.openAPI)
    }

    @Test func `Every code that the sources send is described, with an example, and no other`() async throws {
        let sources = Self.checkout.appending(path: "Sources/Gatelodge")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var codes: Set<String> = []
        var oauthCodes: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /(?:\bcode: |refreshRefused\(\s*)"([a-z_]+)"/) {
                codes.insert(String(match.1))
            }
            for match in text.matches(of: /inTheFormOfOAuth\("([a-z_]+)"\)/) { oauthCodes.insert(String(match.1)) }
        }
        #expect(codes.count > 30)
        let site = try TestApplication()
        let document = try await describe(site)
        #expect(Set(document.components.schemas["ErrorCode"]?.enum ?? []) == codes)
        #expect(Set(document.components.schemas["OAuthError"]?.properties?["error"]?.enum ?? []) == oauthCodes)
        let text = try await site.ask("GET", "/api/openapi.json").body
        // The door's alone, which has no body.
        for code in codes.subtracting(["reauthentication_required", "invalid_client"]) {
            #expect(text.contains(#""code":"\#(code)""#), "\(code) has no example")
        }
        for code in oauthCodes { #expect(text.contains(#""error":"\#(code)","error_description""#), "\(code)") }
    }

    @Test func `Every reason of a refused username or password is described`() async throws {
        let reasons = UsernameFault.allCases.map(\.rawValue) + PasswordWeakness.allCases.map(\.rawValue)
        let document = try await describe(try TestApplication())
        #expect(Set(document.components.schemas["Reason"]?.enum ?? []) == Set(reasons))
    }
}
