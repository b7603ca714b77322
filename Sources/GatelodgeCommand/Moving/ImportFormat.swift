internal import ArgumentParser

/// How accounts are written in a file.
package enum ImportFormat: String, CaseIterable, ExpressibleByArgument {
    /// One JSON object a line.
    case ndjson
    /// RFC 4180, with a line of column names.
    case csv
    /// Apache's user files.
    case htpasswd
}
