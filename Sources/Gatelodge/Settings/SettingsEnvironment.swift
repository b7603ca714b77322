internal import Cryptography
internal import Glibc

/// Where the variables `GATELODGE_…` come from.
public enum SettingsEnvironment: Sendable {
    /// That of this process, from which secrets are removed when they are read.
    ///
    /// To be read while the process has one thread: setting and getting variables at once is undefined (getenv(3)).
    case process
    /// These variables, and none of the process's.
    case values([String: String])

    /// What the names of all our variables begin with.
    static let prefix = "GATELODGE_"

    /// All our variables; those in `secrets` as secrets.
    func take(secrets: Set<String>) -> [SettingsVariable] {
        switch self {
        case .process:
            return takeFromProcess(secrets: secrets, leaving: [])
        case .values(let values):
            return values.filter { $0.key.hasPrefix(Self.prefix) }.map { name, value in
                let bytes = [UInt8](value.utf8)
                return SettingsVariable(
                    name: name, input: secrets.contains(name) ? .secret(SecretBytes(copying: bytes.span)) : .text(value)
                )
            }
        }
    }

    /// Our variables but those that are left untouched, unread as well.
    func take(leaving: Set<String>) -> [SettingsVariable] { takeFromProcess(secrets: [], leaving: leaving) }

    private func takeFromProcess(secrets: Set<String>, leaving: Set<String>) -> [SettingsVariable] {
        var variables: [SettingsVariable] = []
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            unsafe next += 1
            let whole = unsafe UnsafeMutableRawBufferPointer(start: entry, count: strlen(entry))
            guard let equals = unsafe whole.firstIndex(of: UInt8(ascii: "=")),
                let name = unsafe String(validating: whole[..<equals], as: UTF8.self), name.hasPrefix(Self.prefix),
                !leaving.contains(name)
            else { continue }
            let value = unsafe UnsafeMutableRawBufferPointer(rebasing: whole[(equals + 1)...])
            if secrets.contains(name) {
                let secret = unsafe SecretBytes(copying: Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(value)))
                variables.append(SettingsVariable(name: name, input: .secret(secret)))
                // unsetenv forgets the address alone: /proc/PID/environ would go on to show the bytes.
                if let start = value.baseAddress { unsafe explicit_bzero(start, value.count) }
            } else {
                let text = unsafe String(validating: value, as: UTF8.self)
                variables.append(SettingsVariable(name: name, input: text.map { SettingInput.text($0) }))
            }
        }
        for variable in variables where secrets.contains(variable.name) { unsafe unsetenv(variable.name) }
        return variables
    }
}
