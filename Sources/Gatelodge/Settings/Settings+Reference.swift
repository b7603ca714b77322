extension Settings {
    /// The list that `gatelodge settings` prints.
    public static var textReference: String {
        table.map { setting in
            """
            \(setting.name)
                \(setting.documentation.replacing("`", with: ""))
                variable: \(setting.variable)
                value:    \(setting.expected)\(setting.unit.map { " (\($0))" } ?? "")
                default:  \(setting.fallback)

            """
        }.joined(separator: "\n")
    }

    /// The page docs/settings.md.
    public static var markdownReference: String {
        """
        # Settings

        <!-- Written by `gatelodge settings --markdown` from Sources/Gatelodge/Settings/Settings+Table.swift. -->

        Settings are read at start: first the file, then the environment, whose values win. The file is the one that
        `\(fileVariable)` names, else `\(defaultFile)` in the working folder where there is one. It is YAML, and its keys
        are nested: `jwt.lifetime` is written

        ```yaml
        jwt:
          lifetime: 1h
        ```

        and in the environment `GATELODGE_JWT_LIFETIME=1h`. A key or a variable that is not listed here, a value that is
        malformed and a key that stands twice are errors. All of them are reported together, each with its file and line.

        | setting | type | unit | default | meaning |
        |---|---|---|---|---|
        \(table.map(\.referenceRow).joined(separator: "\n"))

        A duration is a whole number and a unit, such as `500ms`, `30s`, `15m`, `1h` or `7d`. A mode is octal. A number and
        a boolean stand without quotes.

        """
    }
}

extension Setting {
    fileprivate var referenceRow: String {
        let columns = [
            "`\(name)`", type, unit ?? "–", hasDefault ? "`\(fallback)`" : fallback,
            "\(documentation) Accepted: \(expected).",
        ]
        return "| " + columns.joined(separator: " | ") + " |"
    }
}
