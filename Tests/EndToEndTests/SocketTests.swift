import Foundation
import TestSupport
import Testing

/// Who can reach an instance.
@Suite(.enabled(if: geteuid() == 0, "only root can give a socket to another group")) struct SocketTests {
    @Test(.promise(85)) func `The socket is its group's alone, and nothing listens on the network`() throws {
        let site = try Site(["GATELODGE_SOCKET_GROUP": "www-data"], withNginx: false)
        _ = try site.registerVicky()
        let attributes = try FileManager.default.attributesOfItem(atPath: site.socketPath)
        #expect(attributes[.type] as? FileAttributeType == .typeSocket)
        #expect(attributes[.posixPermissions] as? Int == 0o660)
        #expect(attributes[.groupOwnerAccountName] as? String == "www-data")
        let tree = ProcessTree(processID: site.gatelodge.processID)
        #expect(tree.children.count == 2)
        for process in [site.gatelodge.processID] + tree.children {
            #expect(try ProcessFacts(processID: process).networkSocketCount == 0)
        }
    }

    @Test func `A socket that listens on the network is found`() throws {
        let before = try ProcessFacts(processID: getpid()).networkSocketCount
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let bound = unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe bind(descriptor, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        #expect(bound == 0)
        #expect(try ProcessFacts(processID: getpid()).networkSocketCount > 0, "\(before) before")
    }
}
