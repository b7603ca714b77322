import Foundation
import Storage
import Testing

@Suite("A damaged database")
struct StoreDamageTests {
    @Test(
        "Sixteen bytes overwritten anywhere are an error or nothing, never a crash",
        arguments: [0x00, 0x80, 0xFF] as [UInt8])
    func everywhere(byte: UInt8) async throws {
        let folder = try TemporaryFolder()
        let account = sampleAccount(roles: ["admin"])
        do {
            let store = try Store(path: folder.file(), logger: silent)
            try await store.insertAccount(account)
            try await store.insertSigningKey(sampleKey())
            try store.close()
        }
        let sound = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
        var survivals = 0
        for offset in stride(from: 0, to: sound.count - 16, by: 97) {
            var damaged = sound
            damaged.replaceSubrange(offset..<offset + 16, with: Data(repeating: byte, count: 16))
            let path = folder.file("damaged-\(offset)")
            _ = FileManager.default.createFile(atPath: path, contents: damaged, attributes: [.posixPermissions: 0o600])
            do throws(StorageError) {
                let store = try Store(path: path, logger: silent)
                _ = try store.findAccount(canonicalUsername: "vicky")
                _ = try store.findSigningKeys()
                _ = try store.findAccounts(limit: 10)
                _ = try store.findDiagnosis()
                try await store.insertAccount(sampleAccount("other"))
                survivals += 1
            } catch {
                #expect(!error.description.contains("hash of"))
            }
        }
        // Most of a page is empty, so much damage hits nothing; the control is that not all of it does.
        #expect(survivals > 0 && survivals < sound.count / 97)
    }
}
