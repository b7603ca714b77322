import FastCGI
import Foundation
import Gatelodge
import HTTPTypes
import Logging
import TestSupport
import Testing

@Suite struct ApplicationTests {
    private let folder: URL
    private var application: Application

    init() throws {
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var settings = Settings()
        settings.database.path = folder.appending(path: "a.db").path
        settings.password.cost = 4
        settings.password.insecureCost = true
        settings.log.level = .critical
        application = try Application(settings: settings)
        application.get("/api/posts", .authenticated) { _, identity in
            .json(["message": "Welcome \(identity.username)"])
        }
    }

    private func send(_ request: ScenarioRequest) async throws -> ScenarioReply {
        let parameters = RequestParameters(request.parameters.map { (name: $0.0, value: $0.1) })
        let response = await application.respond(to: try Request(parameters: parameters, body: request.body))
        var fields: [String: String] = [:]
        for field in response.headerFields { fields[field.name.canonicalName] = field.value }
        return ScenarioReply(
            status: response.status.code, fields: fields, body: String(decoding: response.body.bytes, as: UTF8.self))
    }

    private func registerVicky() async throws -> [String: String] {
        let vicky = #"{"username":"vicky","password":"vicky@12345"}"#
        let registered = try await send(.post("/register", vicky))
        #expect(registered.body == #"{"message":"user registered successfully"}"#)
        let token = try #require(try await send(.post("/login", vicky)).string("token"))
        return ["token": token, "altered": token.altered]
    }

    @Test(.promise(8, 29, 30, 57, 58, 72, 73, 74)) func `Every row of the contract holds in process`() async throws {
        let replacements = try await registerVicky()
        for scenario in EndpointScenario.contract {
            let reply = try await send(scenario.request.replacing(replacements))
            #expect(reply.faults(for: scenario) == [], "\(scenario.name)")
        }
    }

    @Test(.promise(73)) func `A handler's own error is answered as it says, and any other as 500 that tells nothing`()
        async throws
    {
        struct Canary: Error { let path = "/secret/path" }
        var application = application
        application.get("/teapot") { _ in throw ErrorReply(.init(code: 418), code: "teapot", "I am a teapot") }
        application.get("/fault") { _ in throw Canary() }
        let teapot = await application.respond(to: try Request(parameters: .get("/teapot"), body: []))
        #expect(teapot.status.code == 418)
        #expect(
            String(decoding: teapot.body.bytes, as: UTF8.self).hasPrefix(#"{"error":"I am a teapot","code":"teapot""#))
        let fault = await application.respond(to: try Request(parameters: .get("/fault"), body: []))
        #expect(fault.status == .internalServerError)
        #expect(!String(decoding: fault.body.bytes, as: UTF8.self).contains("secret"))
    }

    @Test func `A closed registration refuses before anything else`() async throws {
        var settings = Settings()
        settings.database.path = folder.appending(path: "closed.db").path
        settings.registration = .closed
        settings.log.level = .critical
        let application = try Application(settings: settings)
        let request = ScenarioRequest.post("/register", #"{"username":"vicky","password":"vicky@12345"}"#)
        let parameters = RequestParameters(request.parameters.map { (name: $0.0, value: $0.1) })
        let response = await application.respond(to: try Request(parameters: parameters, body: request.body))
        #expect(response.status == .forbidden)
        #expect(String(decoding: response.body.bytes, as: UTF8.self).contains("registration_closed"))
    }

    @Test(.promise(56), arguments: ["REDIRECT_HTTP_AUTHORIZATION", "REDIRECT_REDIRECT_HTTP_AUTHORIZATION"])
    func `A token under the name that Apache gives it is found, and two that differ are refused`(
        _ name: String
    ) async throws {
        let token = try #require(try await registerVicky()["token"])
        func status(_ parameters: [(String, String)]) async throws -> Int {
            let all = [("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/api/posts")] + parameters
            let request = try Request(
                parameters: RequestParameters(all.map { (name: $0.0, value: $0.1) }), body: [])
            return await application.respond(to: request).status.code
        }
        #expect(try await status([(name, "Bearer \(token)")]) == 200)
        #expect(try await status([(name, token), ("HTTP_AUTHORIZATION", token)]) == 200)
        #expect(try await status([(name, token), ("HTTP_AUTHORIZATION", token + "x")]) == 400)
    }

    @Test(.promise(75)) func `A request id that nginx gives is in the reply, and one that could break a log is not`()
        async throws
    {
        func reply(_ id: String) async throws -> String {
            var parameters = RequestParameters.get("/nothing")
            parameters = RequestParameters(Array(parameters) + [(name: "REQUEST_ID", value: id)])
            let response = await application.respond(to: try Request(parameters: parameters, body: []))
            return String(decoding: response.body.bytes, as: UTF8.self)
        }
        #expect(try await reply("abc-123").contains(#""request_id":"abc-123""#))
        #expect(!(try await reply("a\nb").contains("a\\nb")))
        #expect(!(try await reply(String(repeating: "a", count: 65)).contains("aaa")))
    }
}

extension RequestParameters {
    fileprivate static func get(_ path: String) -> RequestParameters {
        RequestParameters([(name: "REQUEST_METHOD", value: "GET"), (name: "SCRIPT_NAME", value: path)])
    }
}
