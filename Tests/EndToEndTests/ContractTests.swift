import Foundation
import TestSupport
import Testing

/// The rows of the contract against a real process.
@Suite struct ContractTests {
    @Test(.promise(29, 30, 57, 58, 72, 73, 74)) func `Every row holds on the socket and behind nginx`() throws {
        let site = try Site()
        let replacements = try site.registerVicky()
        for scenario in EndpointScenario.contract {
            let request = scenario.request.replacing(replacements)
            let past = try site.sendPastNginx(request).faults(for: scenario)
            #expect(past == [], "on the socket: \(scenario.name)")
            let behind = try site.send(request).faults(for: scenario)
            #expect(behind == [], "behind nginx: \(scenario.name)")
        }
    }

    @Test func `Every row holds with a shared secret`() throws {
        let site = try Site(["GATELODGE_JWT_SECRET": "a test secret that nobody else has: 8fK2-qLm7"], withNginx: false)
        let replacements = try site.registerVicky()
        for scenario in EndpointScenario.contract {
            let faults = try site.sendPastNginx(scenario.request.replacing(replacements)).faults(for: scenario)
            #expect(faults == [], "\(scenario.name)")
        }
    }
}
