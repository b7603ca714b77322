import Foundation

/// A folder for commands, with the folder `var` in it, that goes when nobody needs it any more.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: url.appending(path: "var"), withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)  // what is left in the temporary folder hurts nobody
    }
}
