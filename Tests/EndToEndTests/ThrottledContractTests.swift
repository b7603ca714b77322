import TestSupport
import Testing

/// The rows of the contract for 429, against a real process.
@Suite struct ThrottledContractTests {
    @Test(.promise(21, 27)) func `Every row of 429 holds on the socket and behind nginx`() throws {
        let site = try Site(EndpointScenario.throttlingSettings)
        let replacements = try site.registerVicky()
        for request in EndpointScenario.exhausting { #expect(try site.sendPastNginx(request).status == 401) }
        for scenario in EndpointScenario.throttled {
            let request = scenario.request.replacing(replacements)
            let (past, behind) = (try site.sendPastNginx(request), try site.send(request))
            #expect(past.faults(for: scenario) == [], "on the socket: \(scenario.name)")
            #expect(behind.faults(for: scenario) == [], "behind nginx: \(scenario.name)")
            for reply in [past, behind] where scenario.status == 429 {
                #expect((1...3_600).contains(reply.retryAfterSeconds ?? 0), "\(scenario.name)")
            }
        }
    }
}
