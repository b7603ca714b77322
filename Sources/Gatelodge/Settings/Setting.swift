internal import Cryptography

/// One row of ``Settings/table``.
package struct Setting: Sendable {
    /// Dotted, as in `jwt.lifetime`: nested in the file, with underscores in the environment.
    package let name: String
    /// What sort of value, as in "duration".
    package let type: String
    /// The unit of the value, where it has one.
    package let unit: String?
    /// What is accepted, as in "a duration from 1s to 30d".
    package let expected: String
    /// The default as it would be written, or what the absence of a value means.
    package let fallback: String
    /// Whether ``fallback`` is a value, and no sentence.
    package let hasDefault: Bool
    /// Sentences of Markdown.
    package let documentation: String
    /// Whether the value itself is secret: never in the file, taken out of the environment.
    package let isSecret: Bool

    let assign: @Sendable (SettingInput, inout Settings) throws(SettingsProblem.Reason) -> Void

    /// The value as it would be written, empty where there is none; of a secret, what tells it from others.
    private let describe: @Sendable (Settings) -> String

    /// The variable in the environment, as in `GATELODGE_JWT_LIFETIME`.
    package var variable: String { Self.variable(of: name) }

    /// - Parameter absent: what no value means, where the default is no value.
    init<Value>(
        _ name: String, _ property: any WritableKeyPath<Settings, Value> & Sendable, _ kind: SettingKind<Value>,
        absent: String? = nil, _ documentation: String
    ) {
        self.name = name
        type = kind.name
        unit = kind.unit
        expected = kind.expected
        fallback = absent ?? kind.format(Settings()[keyPath: property])
        hasDefault = absent == nil
        self.documentation = documentation
        isSecret = false
        assign = { input, settings throws(SettingsProblem.Reason) in
            settings[keyPath: property] = try kind.value(of: input)
        }
        describe = { kind.format($0[keyPath: property]) }
    }

    private init(
        _ name: String, _ property: any WritableKeyPath<Settings, SecretBytes?> & Sendable, type: String,
        expected: String, absent: String, _ documentation: String, isSecret: Bool,
        assign: @escaping @Sendable (SettingInput, inout Settings) throws(SettingsProblem.Reason) -> Void
    ) {
        self.name = name
        self.type = type
        unit = nil
        self.expected = expected
        fallback = absent
        hasDefault = false
        self.documentation = documentation
        self.isSecret = isSecret
        self.assign = assign
        describe = { $0[keyPath: property]?.mark ?? "" }
    }

    /// Two are equal just where the setting is the same in both. They stay in the memory of this instance's processes.
    package func mark(in settings: Settings) -> String { describe(settings) }

    /// A secret itself. Its row is followed by that of its ``secretFile(_:_:minimumBytes:absent:_:)``.
    static func secret(
        _ name: String, _ property: any WritableKeyPath<Settings, SecretBytes?> & Sendable, minimumBytes: Int,
        absent: String,
        _ documentation: String
    ) -> Setting {
        Setting(
            name, property, type: "secret", expected: "at least \(minimumBytes) bytes", absent: absent, documentation,
            isSecret: true
        ) { input, settings throws(SettingsProblem.Reason) in
            guard case .secret(let secret) = input else {
                throw .secretInFile(insteadUse: name + "_file", orVariable: variable(of: name))
            }
            try secret.require(bytes: minimumBytes)
            settings[keyPath: property] = secret
        }
    }

    /// The path of the file that holds a secret.
    static func secretFile(
        _ name: String, _ property: any WritableKeyPath<Settings, SecretBytes?> & Sendable, minimumBytes: Int,
        absent: String,
        _ documentation: String
    ) -> Setting {
        Setting(
            name, property, type: "secret file", expected: "a path; the file holds at least \(minimumBytes) bytes",
            absent: absent, documentation, isSecret: false
        ) { input, settings throws(SettingsProblem.Reason) in
            let secret = try SecretBytes.read(file: SettingKind.path.value(of: input))
            try secret.require(bytes: minimumBytes)
            settings[keyPath: property] = secret
        }
    }

    private static func variable(of name: String) -> String {
        SettingsEnvironment.prefix + name.uppercased().replacing(".", with: "_")
    }
}

extension SecretBytes {
    /// Says whether two secrets are the same and not what they are.
    fileprivate var mark: String {
        let digest = withSpan { SHA256.digest($0) }
        return digest.indices.map { String(digest[$0], radix: 16) }.joined(separator: ":")
    }
}
