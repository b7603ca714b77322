import Foundation
import TestSupport
import Testing

/// The pages of nginx/public, in a real Chromium.
@Suite struct BrowserTests {
    /// `BROWSER_PYTHON`, else what `make test` has prepared.
    private static let python =
        ProcessInfo.processInfo.environment["BROWSER_PYTHON"]
        ?? Site.checkout.appending(path: ".build-browser/bin/python").path

    static let isPossible = [python, "/usr/bin/chromium", "/usr/bin/chromedriver"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Where the pictures are kept.
    private static let pictures = Site.checkout.appending(path: ".build-browser/pictures")

    @Test(.enabled(if: isPossible, "there is no chromium, chromium-driver or Python with selenium (BROWSER_PYTHON)"))
    func `People sign up, sign in, look after themselves and others`() throws {
        // Short enough to see a token expire, and three wrong passwords are many.
        let site = try Site([
            "GATELODGE_JWT_LIFETIME": "2s", "GATELODGE_THROTTLE_ENABLED": "true",
            "GATELODGE_THROTTLE_ACCOUNT_ADDRESS": "3",
        ])
        let closed = try Site(["GATELODGE_REGISTRATION": "closed"])
        let added = try site.run("user", "add", "keeper", "--role", "admin", input: "lodge keeper key")
        #expect(added.status == 0, "\(added.errors)")

        let browser = try Child(
            URL(fileURLWithPath: Self.python),
            [
                Site.checkout.appending(path: "Tests/Browser/pages.py").path, "http://127.0.0.1:\(site.port)",
                "http://127.0.0.1:\(closed.port)", Self.pictures.path,
            ],
            // Chromium keeps what it does not keep in its profile below HOME.
            environment: ["PATH": "/usr/bin:/bin", "HOME": site.folder.path])
        let status = browser.status()
        print(browser.text)
        #expect(status == 0, "\(browser.text)\n\(browser.errors)")
    }
}
