import Foundation
import Testing

@Suite struct TroubleshootingPageTests {
    @Test func `The page explains every finding that these tests provoke`() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/troubleshooting.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let codes =
            NginxExaminerTests.mistakes.map(\.code) + FileExaminerTests.changes.map(\.code)
            + SocketExaminerTests.changes.map(\.code) + DatabaseExaminerTests.changes.map(\.code)
            + MachineTests.changes.map(\.code)
            + ["settings_refused", "nginx_unreadable", "clock_absurd", "clock_went_back"]
        #expect(codes.count > 40)
        for code in codes { #expect(text.contains("| `\(code)` |"), "\(code) is not explained") }
    }
}
