import Foundation
import TestSupport
import Testing

/// Every kind of credential at every place where one can stand: only the place that a kind is for takes it.
@Suite struct KindTests {
    @Test(.promise(53, 56, 63, 88))
    func `Each kind of credential opens its own places and no other, and is nowhere to be read`() throws {
        let wallet = try Wallet()
        var replies: [ScenarioReply] = []
        func show(_ credential: String, at place: Place, kind: Wallet.Kind, expecting outcome: String) throws {
            let reply = try wallet.server.ask(place.request(credential), parameters: place.parameters)
            #expect(reply.judgement == outcome, "\(kind) at \(place.name): \(reply.body)")
            let text = reply.body + reply.fields.map { "\($0): \($1)" }.joined(separator: "\n")
            #expect(wallet.secrets.allSatisfy { !text.contains($0) }, "\(kind) at \(place.name)")
            replies.append(reply)
        }

        // Everything that is refused, with the same credentials.
        let held = try wallet.oneOfEach()
        let places = Place.all(service: wallet.serviceName, serviceSecret: held[.serviceSecret]!, token: held[.access]!)
        for place in places {
            for kind in Wallet.Kind.allCases where place.accepted[kind] == nil {
                try show(held[kind]!, at: place, kind: kind, expecting: place.refusedOtherwise[kind] ?? place.refused)
            }
        }
        // None of that has used up or ended anything, and each kind is good where it belongs.
        for place in places {
            for (kind, outcome) in place.accepted {
                let credential = place.usesUp ? try wallet.make(kind) : held[kind]!
                try show(credential, at: place, kind: kind, expecting: outcome)
                if place.usesUp { try wallet.expectEnd(of: kind, credential) }
            }
        }
        #expect(replies.count == places.count * Wallet.Kind.allCases.count)

        wallet.collect(replies)
        try wallet.expectNoSecretOnDisk()
    }
}

extension ScenarioReply {
    /// Status and code, and where a token was asked about whether it is active.
    fileprivate var judgement: String {
        if body.contains(#""active":true"#) { return "\(status) active" }
        return body.contains(#""active":false"#) ? "\(status) inactive" : outcome
    }
}
