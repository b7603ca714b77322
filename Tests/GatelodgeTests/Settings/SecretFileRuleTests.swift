import Gatelodge
import Testing

@Suite struct SecretFileRuleTests {
    private static let secret = "/etc/gatelodge/secret"
    private static let credential = "/run/credentials/gatelodge.service/secret"

    private func fault(_ path: String, _ mode: UInt32, owner: UInt32) -> FileFault? {
        SecretFileRule.fault(path: path, mode: mode, owner: owner, user: 900)
    }

    @Test(arguments: [(secret, 0o600, 0), (secret, 0o400, 900), (credential, 0o400, 900), (credential, 0o400, 0)])
    func `A file that is its owner's alone may hold a secret`(path: String, mode: UInt32, owner: UInt32) {
        #expect(fault(path, mode, owner: owner) == nil)
    }

    @Test func `A credential of systemd may show its access control list's mask as the group's bits`() {
        #expect(fault(Self.credential, 0o440, owner: 0) == nil)
        #expect(fault(Self.secret, 0o440, owner: 0) == .exposed(mode: 0o440))
    }

    @Test(arguments: [0o460, 0o450, 0o444, 0o442] as [UInt32])
    func `A credential that more than its readers may open is refused`(mode: UInt32) {
        #expect(fault(Self.credential, mode, owner: 0) == .exposed(mode: mode))
    }

    @Test func `Only root makes credentials`() {
        #expect(fault(Self.credential, 0o440, owner: 900) == .exposed(mode: 0o440))
        #expect(fault(Self.credential, 0o400, owner: 901) == .foreign(owner: 901))
    }

    @Test(arguments: ["/run/credentials/../../etc/secret", "/run/credentials", "/run/credentials-of-others/secret"])
    func `A path that only looks like a credential's is none`(path: String) {
        #expect(fault(path, 0o440, owner: 0) == .exposed(mode: 0o440))
    }
}
