import Foundation
import JSON
import TestSupport

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
        let script = checkout.appending(path: "scripts/jwt-interop.py").path
        let child = try Child(
            URL(filePath: python), ["-W", "ignore", script], input: JSONValue.object(order).serialized())
        let status = child.status()
        guard status == 0 else { throw Failure(status: status, complaint: child.errors) }
        let text = [UInt8](child.text.utf8)
        let answer = try JSONValue(parsing: text.span, limits: JSONLimits(maximumBytes: 1 << 20))
        return (answer.arrayValue ?? []).compactMap(\.objectValue)
    }

    struct Failure: Error {
        let status: Int32
        /// What the script wrote to its error output.
        let complaint: String
    }
}
