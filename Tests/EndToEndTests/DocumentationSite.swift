import Foundation
import TestSupport

/// Where the commands of a page are run: a site of their own, in a folder that looks like the checkout, with folders of the
/// system's below it.
final class DocumentationSite {
    /// A step that did not do what the page says.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    private let site: Site
    private let root: String

    /// The folders that pages name and that are ours here.
    private static let systemFolders = [
        "/etc/gatelodge", "/etc/nginx", "/run/gatelodge", "/var/lib/gatelodge", "/usr/local/bin", "/backup",
        "/srv",
    ]

    /// For a tenth of a second nginx lets those answer that have the old configuration beside those that have the new.
    private static let rememberOldWorkers = #"old=$(pgrep --parent "$(cat var/nginx/nginx.pid)")"#
    private static let waitForOldWorkers =
        "for pid in $old; do while kill -0 $pid 2>/dev/null; do sleep 0.05; done; done"

    init() throws {
        site = try Site(["GATELODGE_RELOAD_TRIAL": "200ms"])
        root = site.folder.appending(path: "root").path
        let files = FileManager.default
        // What a page writes into must not be the checkout's own.
        try files.copyItem(at: Site.checkout.appending(path: "nginx"), to: site.folder.appending(path: "nginx"))
        for name in ["Examples", "docs", "packaging"] {
            try files.createSymbolicLink(
                at: site.folder.appending(path: name), withDestinationURL: Site.checkout.appending(path: name))
        }
        let below = ["gatelodge", "conf.d", "snippets"].map { "root/etc/nginx/" + $0 }
        for folder in ["bin", ".build/release"] + Self.systemFolders.map({ "root" + $0 }) + below {
            try files.createDirectory(at: site.folder.appending(path: folder), withIntermediateDirectories: true)
        }
        for name in ["bin/gatelodge", ".build/release/gatelodge"] {
            try files.createSymbolicLink(at: site.folder.appending(path: name), withDestinationURL: Site.binary)
        }
        try files.createSymbolicLink(
            atPath: root + "/etc/nginx/nginx.conf", withDestinationPath: site.folder.path + "/var/nginx/nginx.conf")
        // As where a terminal is its output.
        try "silent\nshow-error\n".write(toFile: site.folder.path + "/.curlrc", atomically: true, encoding: .utf8)
        try "correct horse 7 battery".write(toFile: root + "/password", atomically: true, encoding: .utf8)
    }

    /// Writes the files that a page shows: blocks that begin with a comment of their path, as `# /etc/gatelodge.yaml`.
    func write(_ fences: [MarkdownFence]) throws {
        for fence in fences where fence.text.hasPrefix("# /") {
            let path = fence.text.prefix { $0 != "\n" }.dropFirst(2)
            guard Self.systemFolders.contains(where: { path.hasPrefix($0) }) else { continue }
            let file = URL(filePath: root + path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try here(fence.text).write(to: file, atomically: true, encoding: .utf8)
        }
    }

    /// Makes the account that pages speak of, unless these commands do.
    func prepare(for steps: [DocumentedStep]) throws {
        let makesVicky = steps.contains { $0.commands.contains("/register") && $0.commands.contains("vicky") }
        guard !makesVicky else { return }
        _ = try site.sendPastNginx(.post("/register", #"{"username":"vicky","password":"vicky@12345"}"#))
    }

    /// Runs steps one after another in one shell.
    ///
    /// - Returns: what is wrong, in words.
    func run(_ steps: [DocumentedStep]) throws -> [Fault] {
        let script = steps.enumerated().map { index, step in
            let reloadsNginx = step.commands.contains("kill -HUP")
            // Each has a password to read. A block must succeed line by line; a command of a console may fail.
            return """
                printf '\\036'; exec <'\(root)/password'; set \(step.expected == nil ? "-e" : "+e")
                \(reloadsNginx ? Self.rememberOldWorkers : "")
                \(here(step.commands))
                \(reloadsNginx ? Self.waitForOldWorkers : "")

                """
        }.joined()
        let file = site.folder.appending(path: "var/commands")
        try ("exec 2>&1\n" + script + "printf '\\036'\n").write(to: file, atomically: true, encoding: .utf8)
        let environment = Site.environment.merging(
            [
                "GATELODGE_RELOAD_TRIAL": "200ms", "HOME": site.folder.path, "LANG": "C.UTF-8",
                "PATH": site.folder.path + "/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            ]) { $1 }
        let shell = try Child(
            URL(filePath: "/usr/bin/timeout"), ["60", "bash", file.path], environment: environment,
            folder: site.folder)
        let status = shell.status()
        // Before the first step, of each, and behind the last.
        let outputs = shell.text.split(separator: "\u{1E}", omittingEmptySubsequences: false)
            .dropFirst().map(String.init)
        guard outputs.count == steps.count + 1 else {
            let index = max(0, outputs.count - 1)
            return [
                Fault(
                    description: "\(steps[index].place): exit status \(status) of “\(steps[index].commands)”: "
                        + (outputs.last ?? shell.text))
            ]
        }
        return zip(steps, outputs.map(there)).compactMap { step, output in
            guard !step.isShown(by: output) else { return nil }
            let printed = "\(step.place): “\(step.commands)” printed:\n\(output)"
            return Fault(description: printed + "\nand not:\n\(step.expected ?? "")")
        }
    }

    /// A page's text with this site's port and folders.
    private func here(_ text: String) -> String {
        Self.systemFolders.reduce(text.replacing("127.0.0.1:8080", with: "127.0.0.1:\(site.port)")) {
            $0.replacing($1, with: root + $1)
        }
    }

    /// The reverse.
    private func there(_ text: String) -> String {
        text.replacing(root, with: "").replacing("127.0.0.1:\(site.port)", with: "127.0.0.1:8080")
    }
}
