internal import Glibc
internal import Storage

/// Where an export goes: a file with mode 0600 that gets its name when it is whole and on the disk, or standard output.
struct ExportDestination: ~Copyable {
    private var file: NewFile?
    private let descriptor: Int32

    /// - Parameter path: nil for standard output.
    init(path: String?) throws {
        var file: NewFile?
        var descriptor = dup(STDOUT_FILENO)
        if let path {
            close(descriptor)
            let new = try Self.makeFile(path)
            descriptor = unsafe open(new.temporaryPath, O_WRONLY | O_CLOEXEC)
            file = consume new
        }
        guard descriptor >= 0 else {
            throw failure("the export cannot be written: \(unsafe String(cString: strerror(errno)))")
        }
        self.file = consume file
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw failure("the export cannot be written: \(unsafe String(cString: strerror(errno)))")
            }
            rest = rest.dropFirst(count)
        }
    }

    mutating func finish(replacing: Bool) throws {
        guard let file = file.take() else { return }
        do throws(StorageError) {
            try file.finish(replacing: replacing)
        } catch {
            if case .exists = error { throw failure("\(error); --force lets the export take its place") }
            throw failure(error.description)
        }
    }

    private static func makeFile(_ path: String) throws -> NewFile {
        do throws(StorageError) {
            return try NewFile(at: path)
        } catch {
            throw failure(error.description)
        }
    }
}
