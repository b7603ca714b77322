import Foundation
import TestSupport
import Testing

private let chromium = "/usr/bin/chromium"

/// The browser client, in a browser.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: chromium), "Chromium is not installed"))
struct BrowserExampleTests {
    @Test func `The page without a framework signs up, in and out`() throws {
        let folder = try TemporaryFolder()
        try Self.driver.write(to: folder.url.appending(path: "driver.html"), atomically: true, encoding: .utf8)
        let example = Site.checkout.appending(path: "Examples/browser")
        let snippet = try String(contentsOf: example.appending(path: "nginx.conf"), encoding: .utf8)
            .replacing("/srv/browser", with: "\"\(example.path)\"")
        let site = try Site(configuration: { port in
            try String(contentsOf: Site.checkout.appending(path: "nginx/nginx.dev.conf"), encoding: .utf8)
                .replacing("127.0.0.1:8080", with: "127.0.0.1:\(port)")
                .replacing(
                    "location / {",
                    with: """
                        \(snippet)
                        location = /driver {
                            root \(folder.url.path);
                            try_files /driver.html =404;
                            default_type text/html;
                        }
                        location / {
                        """)
        })
        // Its clock stands still while the network is asked, so the budget is not spent by a busy machine.
        let browser = try Child(
            URL(filePath: "/usr/bin/timeout"),
            [
                "120", chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--user-data-dir=\(folder.url.path)/profile", "--virtual-time-budget=20000", "--dump-dom",
                "http://127.0.0.1:\(site.port)/driver",
            ],
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder.url.path], folder: folder.url)
        #expect(browser.status() == 0)
        let page = browser.text
        let report = page.drop { $0 != "|" }.prefix { $0 != "<" }
        #expect(
            report == "|outside|refused|weak|inside|Welcome walter|one session|no cookie to read|still inside|left|",
            "\(page)")
    }

    /// Does in the client, which it shows, what a person would, and says how far it came.
    private static let driver = """
        <!doctype html>
        <iframe src="/client"></iframe>
        <pre>|</pre>
        <script type="module">
          const frame = document.querySelector("iframe")
          const loaded = () => new Promise((done) => frame.addEventListener("load", done, { once: true }))
          const find = (selector) => frame.contentDocument.querySelector(selector)
          const say = (words) => document.querySelector("pre").textContent += words + "|"
          async function until(condition, words) {
            while (!condition()) await new Promise((done) => setTimeout(done, 10))
            say(words)
          }
          function press(button, password) {
            find("[name=username]").value = "walter"
            find("[name=password]").value = password
            find(`[name=${button}]`).click()
          }
          const isSaid = (words) => () => find("[role=alert]").textContent.includes(words)
          await loaded()
          await until(() => !find("#outside").hidden, "outside")
          press("sign-in", "walter@12345")
          await until(isSaid("invalid credentials"), "refused")
          press("sign-up", "short")
          await until(isSaid("too_short"), "weak")
          press("sign-up", "walter@12345")
          await until(() => !find("#inside").hidden, "inside")
          say(find("#inside h1").textContent)
          say(find("#inside ul").textContent.includes("this session") ? "one session" : "no session")
          say(frame.contentDocument.cookie === "" ? "no cookie to read" : "a cookie")
          frame.contentWindow.location.reload()
          await loaded()
          await until(() => find("#inside") && !find("#inside").hidden, "still inside")
          find("[name=sign-out]").click()
          await until(() => !find("#outside").hidden, "left")
        </script>
        """
}
