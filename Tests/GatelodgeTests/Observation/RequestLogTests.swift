import FastCGI
import Foundation
import Gatelodge
import JSON
import Logging
import TestSupport
import Testing

@Suite struct RequestLogTests {
    /// The lines about requests that one log holds after some requests.
    private func lines(
        _ requests: Settings.Log.Requests, slow: Duration = .milliseconds(50)
    ) async throws -> [JSONObject] {
        var file = ""
        let site = try TestApplication { settings, folder in
            file = folder.path + "/log"
            settings.log.level = .info
            settings.log.format = .json
            settings.log.file = file
            settings.log.requests = requests
            settings.log.slow = slow
        }
        site.application.get("/quick/{id}") { _ in .json([:]) }
        site.application.get("/slow") { _ in
            try await Task.sleep(for: .milliseconds(60))
            return .json([:])
        }
        let fields = ["REQUEST_ID": "abc-1", "REMOTE_ADDR": "192.0.2.1", "QUERY_STRING": "canary=Zq7"]
        _ = try await site.ask("GET", "/quick/canary-Zq7", fields)
        _ = try await site.ask("GET", "/slow", fields)
        _ = try await site.ask("GET", "/nowhere/Zq7", fields)
        InstanceLog.flush()
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(!text.contains("Zq7"))
        return try text.split(separator: "\n").compactMap {
            try JSONValue(parsing: Array($0.utf8).span).objectValue
        }.filter { $0["message"]?.stringValue?.hasSuffix("request") == true }
    }

    @Test func `All of them have a line with the pattern of their route`() async throws {
        let lines = try await lines(.all)
        #expect(lines.map { $0["route"] } == ["/quick/{id}", "/slow", "other"])
        #expect(lines.map { $0["level"] } == ["info", "warning", "info"])
        #expect(lines.map { $0["status"]?.integerValue } == [200, 200, 404])
        #expect(lines.map { $0["message"] } == ["request", "slow request", "request"])
        for line in lines {
            #expect(line["request_id"] == "abc-1" && line["address"] == "192.0.2.1" && line["method"] == "GET")
        }
        guard case .number(let duration)? = lines[1]["duration_ms"] else { throw Missing() }
        #expect(try #require(Double(duration.text)) >= 60)
    }

    @Test func `Only the slow ones, or none, where that is wanted`() async throws {
        #expect(try await lines(.slow).map { $0["route"] } == ["/slow"])
        #expect(try await lines(.slow, slow: .seconds(60)).isEmpty)
        #expect(try await lines(.none).isEmpty)
    }

    private struct Missing: Error {}
}
