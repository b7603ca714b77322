internal import Foundation
internal import Glibc

/// Asks the machine, for the examiners.
enum SystemFacts {
    static func file(_ path: String) -> FileFact {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return FileFact(path, .missing) }
        let kind: FileFact.Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFSOCK: .socket
            default: .other
            }
        return FileFact(path, kind, mode: status.st_mode & 0o7777, owner: status.st_uid, group: status.st_gid)
    }

    static func folder(of path: String) -> FileFact {
        guard let slash = path.lastIndex(of: "/") else { return file(".") }
        return file(slash == path.startIndex ? "/" : String(path[..<slash]))
    }

    /// A user by name or number, with `group` instead of its own first one; `nil` where there is none.
    static func user(_ name: String, group: String? = nil) -> UnixUser? {
        guard let entry = unsafe getpwnam(name) else { return nil }
        let (id, first) = unsafe (entry.pointee.pw_uid, entry.pointee.pw_gid)
        var count: Int32 = 256
        var groups = [gid_t](repeating: 0, count: Int(count))
        guard unsafe getgrouplist(name, first, &groups, &count) >= 0 else {
            return UnixUser(name: name, id: id, groups: [first])
        }
        var all = Set(groups.prefix(Int(count)))
        if let group, let entry = unsafe getgrnam(group) { all.insert(unsafe entry.pointee.gr_gid) }
        return UnixUser(name: name, id: id, groups: all)
    }

    /// A number of /proc; `nil` where it is not there.
    static func number(_ path: String) -> Int? {
        guard let text = text(path, maximumBytes: 64) else { return nil }
        return Int(text.prefix { $0 != "\n" && $0 != "\t" && $0 != " " })
    }

    /// A whole small file; `nil` where it cannot be read or is larger.
    static func text(_ path: String, maximumBytes: Int) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }  // it was only read
        guard let data = try? handle.read(upToCount: maximumBytes + 1), data.count <= maximumBytes else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// Files by a pattern of the shell's.
    static func paths(matching pattern: String) -> [String] {
        var found = unsafe glob_t()
        defer { unsafe globfree(&found) }
        guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
        return unsafe (0..<Int(found.gl_pathc)).compactMap {
            unsafe found.gl_pathv[$0].map { unsafe String(cString: $0) }
        }
    }

    static func freeBytes(holding path: String) -> Int? {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        let (bytes, overflow) = Int(status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
        return overflow ? .max : bytes
    }

    static var descriptorLimit: Int? {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Int(clamping: limit.rlim_cur)
    }
}
