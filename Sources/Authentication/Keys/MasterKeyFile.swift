internal import Cryptography
internal import Glibc
internal import JWT

/// The file beside the database that holds the master key: a copy of the database alone opens nothing.
struct MasterKeyFile {
    let path: String

    /// 32 bytes in base64url.
    private static let textCount = 43

    /// The key, or `nil` where there is no file. Blocks.
    func read() throws(MasterKeyFault) -> MasterKey? {
        // Non-blocking, so that a FIFO of this name cannot hold up the start.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable(reason: lastError())
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(reason: lastError()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        let mode = status.st_mode & 0o7777
        guard mode & 0o077 == 0 else { throw .permissionsTooOpen(mode: mode) }
        guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .foreignOwner(userID: status.st_uid) }
        var text = try contents(of: descriptor)
        defer { wipe(&text) }
        if text.last == UInt8(ascii: "\n") { text.removeLast() }
        guard text.count == Self.textCount, var bytes = Base64URL.decode(text.span) else { throw .malformed }
        defer { wipe(&bytes) }
        return MasterKey(bytes.span)
    }

    /// The key; made with mode 0600 where there is none. Of several processes at once one makes it and all get it. Blocks.
    func readOrMake() throws(MasterKeyFault) -> MasterKey {
        if let key = try read() { return key }
        try make()
        guard let key = try read() else { throw .unreadable(reason: "it was removed while it was being made") }
        return key
    }

    /// The whole key under a name of its own, then linked into place, which never replaces one that is there.
    private func make() throws(MasterKeyFault) {
        var secret = randomBytes(32)
        var text: [UInt8] = []
        text.reserveCapacity(Self.textCount + 1)
        Base64URL.append(secret.span, to: &text)
        text.append(UInt8(ascii: "\n"))
        defer {
            wipe(&secret)
            wipe(&text)
        }
        let temporary = "\(path).\(Base64URL.encode(randomBytes(9).span))"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable(reason: lastError()) }
        defer { unsafe unlink(temporary) }
        let written = unsafe text.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        let isDurable = written == text.count && fsync(descriptor) == 0
        let reason = lastError()
        close(descriptor)
        guard isDurable else { throw .unwritable(reason: reason) }
        guard unsafe link(temporary, path) == 0 || errno == EEXIST else { throw .unwritable(reason: lastError()) }
        syncFolder()
    }

    /// Makes the name last as well: keys sealed with a master key that a power cut took away would be lost.
    private func syncFolder() {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private func contents(of descriptor: Int32) throws(MasterKeyFault) -> [UInt8] {
        let limit = Self.textCount + 2
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw .unreadable(reason: lastError()) }
        bytes.removeLast(limit - count)
        return bytes
    }
}

private func lastError() -> String {
    unsafe String(cString: strerror(errno))
}
