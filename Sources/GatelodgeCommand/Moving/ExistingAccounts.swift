internal import ArgumentParser

/// What happens to accounts that are there already, with another hash than the file has.
enum ExistingAccounts: String, CaseIterable, ExpressibleByArgument {
    /// They stay as they are, and their lines are reported.
    case report
    /// They stay as they are.
    case keep
    /// They get what the file has, and their sessions end.
    case replace
}
