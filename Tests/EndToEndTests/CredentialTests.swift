import TestSupport
import Testing

/// More than one credential in a request.
@Suite struct CredentialTests {
    @Test(.promise(56, 83))
    func `Of two fields Authorization nginx lets none through, and past nginx the first one counts`() throws {
        let site = try Site()
        let replacements = try site.registerVicky()
        let (good, bad) = (try #require(replacements["token"]), try #require(replacements["altered"]))
        func status(_ tokens: [String], pastNginx: Bool) throws -> Int {
            let fields = tokens.map { (name: "Authorization", value: "Bearer " + $0) }
            let request = ScenarioRequest("GET", "/api/posts", fields: fields)
            return try pastNginx ? site.sendPastNginx(request).status : site.send(request).status
        }
        for pastNginx in [false, true] {
            #expect(try status([good], pastNginx: pastNginx) == 200)
            #expect(try status([bad], pastNginx: pastNginx) == 401)
        }
        for tokens in [[good, bad], [bad, good], [good, good]] { #expect(try status(tokens, pastNginx: false) == 400) }
        #expect(try status([good, bad], pastNginx: true) == 200)
        #expect(try status([bad, good], pastNginx: true) == 401)
    }
}
