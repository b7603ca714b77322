internal import Foundation

/// Where the configuration of nginx comes from: files, or nginx itself.
enum NginxSource {
    /// More than any site has.
    static let maximumBytes = 16 << 20

    private static let programs = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/local/nginx/sbin/nginx"]

    /// Each file is what `nginx -T` printed, a main file, or a part of one; what it includes is read beside it.
    static func read(_ paths: [String]) throws(NginxFault) -> NginxConfiguration? {
        var all: NginxConfiguration?
        for path in paths {
            guard let text = SystemFacts.text(path, maximumBytes: maximumBytes) else {
                throw NginxFault(place: path, reason: "the file cannot be read, or is larger than 16 MB")
            }
            let configuration = try parse(text, path)
            if all == nil { all = configuration } else { all?.append(configuration) }
        }
        return all
    }

    /// What `nginx -T` says, where there is an nginx; `nil` where there is none, or it says nothing, as to a user who may not
    /// read its files.
    static func ask() throws(NginxFault) -> NginxConfiguration? {
        guard let program = programs.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-T"]
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        let data: Data
        do {
            try process.run()
            // To its end, so that it never waits for a reader.
            data = try output.fileHandleForReading.readToEnd() ?? Data()
        } catch {
            return nil
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0, data.count <= maximumBytes else { return nil }
        let files = NginxFile.files(inDump: String(decoding: data, as: UTF8.self))
        return files.isEmpty ? nil : try NginxConfiguration(dump: files)
    }

    private static func parse(_ text: String, _ path: String) throws(NginxFault) -> NginxConfiguration {
        let files = NginxFile.files(inDump: text)
        if !files.isEmpty { return try NginxConfiguration(dump: files) }
        return try NginxConfiguration(root: NginxFile(path: path, text: text)) { pattern in
            SystemFacts.paths(matching: pattern).compactMap { path in
                SystemFacts.text(path, maximumBytes: maximumBytes).map { NginxFile(path: path, text: $0) }
            }
        }
    }
}
