import Foundation

/// A folder of a test's own, removed with its last owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "gatelodge-storage-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        // A folder left behind in /tmp is no reason to fail a test.
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String = "gatelodge.sqlite") -> String { "\(path)/\(name)" }

    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
    }
}
