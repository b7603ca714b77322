import Foundation
import TestSupport
import Testing

/// What the documentation says to type does what it says.
@Suite struct DocumentationTests {
    /// Blocks of these are shown and not typed.
    private static let shown: Set = [
        "apache", "html", "ini", "json", "lighttpd", "nginx", "php", "python", "swift", "text", "yaml",
    ]

    /// README, CONTRIBUTING, and everything in `docs` and `Examples`.
    private static let pages: [String] = {
        let checkout = Site.checkout
        let folders = ["docs", "Examples"].flatMap { folder in
            // An error is an empty list, which the first test refuses.
            (try? FileManager.default.subpathsOfDirectory(atPath: checkout.appending(path: folder).path))?
                .filter { $0.hasSuffix(".md") && !$0.contains(".build/") }.map { folder + "/" + $0 } ?? []
        }
        return ["README.md", "CONTRIBUTING.md"] + folders.sorted()
    }()

    private static func fences(of page: String) throws -> [MarkdownFence] {
        MarkdownFence.read(
            try String(contentsOf: Site.checkout.appending(path: page), encoding: .utf8), page: page)
    }

    private static func isTyped(_ fence: MarkdownFence) -> Bool { ["sh", "console"].contains(fence.language) }

    @Test func `Every block of commands is run or says why not`() throws {
        #expect(Self.pages.count > 20)
        var run = 0
        var notRun: [String: Int] = [:]
        for fence in try Self.pages.flatMap(Self.fences) {
            let place = "\(fence.page):\(fence.line)"
            let isKnown = Self.isTyped(fence) || Self.shown.contains(fence.language)
            #expect(isKnown, "\(place): what is “\(fence.language)”?")
            guard Self.isTyped(fence) else {
                #expect(fence.reasonNotToRun == nil, "\(place): nobody would run this")
                continue
            }
            guard let reason = fence.reasonNotToRun else {
                run += 1
                continue
            }
            notRun[reason, default: 0] += 1
        }
        #expect(run > 20)
        let reasons = notRun.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
        print("documentation: \(run) blocks of commands are run, \(notRun.values.reduce(0, +)) are not: \(reasons)")
    }

    @Test(arguments: pages) func `The commands of a page do what it says`(page: String) throws {
        let fences = try Self.fences(of: page)
        let steps = fences.filter { Self.isTyped($0) && $0.reasonNotToRun == nil }.flatMap(DocumentedStep.steps)
        guard !steps.isEmpty else { return }
        let site = try DocumentationSite()
        try site.write(fences)
        try site.prepare(for: steps)
        for fault in try site.run(steps) { Issue.record(fault) }
    }

    @Test func `A command that fails, or prints something else, is seen`() throws {
        let page = """
            ```sh
            NAME=vicky
            ```

              ```console
              $ echo "hello $NAME at 2026-01-02T03:04:05Z"
              hello … at 2026-11-28T19:00:00Z
              $ echo one; echo two
              one
              ```

            <!-- not run: harmful -->
            ```sh
            touch harm
            ```

            ```sh
            false
            echo not reached
            ```
            """
        let fences = MarkdownFence.read(page, page: "page.md")
        #expect(fences.map(\.line) == [1, 5, 13, 17])
        #expect(fences.map(\.reasonNotToRun) == [nil, nil, "harmful", nil])
        let steps = [fences[0], fences[1]].flatMap(DocumentedStep.steps)
        let site = try DocumentationSite()
        let differing = try site.run(steps)
        #expect(differing.count == 1 && differing[0].description.hasPrefix("page.md:8: “echo one; echo two” printed"))
        let failing = try site.run(steps + DocumentedStep.steps(of: fences[3]))
        #expect(failing.count == 1 && failing[0].description.hasPrefix("page.md:17: exit status 1"))
    }

    @Test func `The list of make has every target`() throws {
        let makefile = try String(contentsOf: Site.checkout.appending(path: "Makefile"), encoding: .utf8)
        let phony = try #require(makefile.split(separator: "\n").first { $0.hasPrefix(".PHONY: ") })
        let targets = phony.split(separator: " ").dropFirst()
        #expect(targets.count > 10)
        for target in targets { #expect(makefile.contains("'make \(target) "), "make help does not name \(target)") }
    }

    @Test func `Links lead to pages that are there`() throws {
        for page in Self.pages {
            let text = try String(contentsOf: Site.checkout.appending(path: page), encoding: .utf8)
            let folder = Site.checkout.appending(path: page).deletingLastPathComponent()
            for link in text.matches(of: #/\]\(([^)#:\s]+)(#[^)]*)?\)/#).map({ String($0.output.1) }) {
                let target = folder.appending(path: link).path
                #expect(FileManager.default.fileExists(atPath: target), "\(page) leads to \(link)")
            }
        }
    }
}
