import Foundation
import JSON

/// Runs scripts/jwt-interop.py with a Python that has the libraries.
enum Interoperation {
    private static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// `JWT_INTEROP_PYTHON`, else what `make test` has prepared.
    private static let python =
        ProcessInfo.processInfo.environment["JWT_INTEROP_PYTHON"]
        ?? checkout.appending(path: ".build-interop/bin/python").path

    static let isPossible = FileManager.default.isExecutableFile(atPath: python)

    static let absence = "there is no Python with pyjwt, joserfc and jwcrypto (JWT_INTEROP_PYTHON)"

    /// What each library answers.
    static func ask(_ order: JSONObject) throws -> [JSONObject] {
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-W", "ignore", checkout.appending(path: "scripts/jwt-interop.py").path]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(JSONValue.object(order).serialized()))
        try input.fileHandleForWriting.close()
        let text = [UInt8](try output.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        let answer = try JSONValue(parsing: text.span, limits: JSONLimits(maximumBytes: 1 << 20))
        return (answer.arrayValue ?? []).compactMap(\.objectValue)
    }

    /// What went wrong stands in the script's own error output.
    struct Failure: Error {
        let status: Int32
    }
}
