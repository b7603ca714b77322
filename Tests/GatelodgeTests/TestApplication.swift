import Authentication
import FastCGI
import Foundation
import Gatelodge
import Logging
import TestSupport
import Testing

/// An application on a database of its own, which is asked in process.
final class TestApplication {
    /// Routes may be added to it.
    var application: Application
    private let folder: ScratchFolder

    init(_ configure: (inout Settings, ScratchFolder) throws -> Void = { _, _ in }) throws {
        folder = try ScratchFolder()
        var settings = Settings()
        settings.database.path = folder.path + "/a.db"
        settings.password.cost = 4
        settings.password.insecureCost = true
        settings.log.level = .critical
        try configure(&settings, folder)
        application = try Application(settings: settings)
    }

    /// A reply with everything in it.
    func ask(
        _ method: String = "GET", _ path: String = "/", _ parameters: [String: String] = [:], body: String = "",
        role: Role = .responder
    ) async throws -> ScenarioReply {
        var request = ScenarioRequest(method, path, body: [UInt8](body.utf8))
        request.fields = []
        var all = request.parameters.map { (name: $0.0, value: $0.1) }
        for (name, value) in parameters {
            all.removeAll { $0.name == name }
            all.append((name: name, value: value))
        }
        return try await ask(all, body: body, role: role)
    }

    /// The same with the parameters alone, in their order.
    func ask(
        _ parameters: [(name: String, value: String)], body: String = "", role: Role = .responder
    ) async throws -> ScenarioReply {
        let request = try Request(parameters: RequestParameters(parameters), body: [UInt8](body.utf8), role: role)
        let response = await application.respond(to: request)
        var fields: [String: String] = [:]
        for field in response.headerFields {
            fields[field.name.canonicalName] = [fields[field.name.canonicalName], field.value].compactMap(\.self)
                .joined(separator: ", ")
        }
        return ScenarioReply(
            status: response.status.code, fields: fields, body: String(decoding: response.body.bytes, as: UTF8.self))
    }

    /// Registers an account with roles and answers with a token of its.
    func token(of username: String = "vicky", roles: [String] = []) async throws -> String {
        _ = try await application.authenticator.addUser(
            username: username, password: "vicky@12345", roles: Roles(parsing: roles))
        let loggedIn = try await application.authenticator.logIn(
            username: username, password: "vicky@12345", from: .local)
        return try #require(loggedIn.accessToken)
    }

    /// The value of a session cookie of an account that is there.
    func cookie(of username: String = "vicky") async throws -> String {
        let loggedIn = try await application.authenticator.logIn(
            username: username, password: "vicky@12345", asCookie: true, from: .local)
        return try #require(loggedIn.cookie)
    }
}
