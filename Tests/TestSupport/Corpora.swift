public import Foundation

/// Foreign test vectors, which lie beside the checkout and are never part of it.
public enum Corpora {
    /// `GATELODGE_CORPORA`, else `../shared/corpora` beside the checkout.
    public static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["GATELODGE_CORPORA"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        return URL(fileURLWithPath: #filePath)  // Tests/TestSupport/Corpora.swift
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "shared/corpora", directoryHint: .isDirectory)
    }()

    /// For `.enabled(if:)`: whether the corpora are there at all.
    public static let isPresent = FileManager.default.fileExists(atPath: folder.path)

    /// Said by a test that is skipped because the corpora are absent.
    public static let absence = "foreign vectors are not beside this checkout"

    /// The bytes of one file, its path relative to ``folder``.
    public static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: path)))
    }
}
