/// Who has asked for logins of late.
package struct LoginReport: Sendable, Equatable {
    /// Logins that were asked for in the last minute or two.
    package var total = 0
    /// Who asked for most of them, as nginx names it.
    package var busiestAddress = ""
    package var busiestCount = 0

    /// From 0 to 1.
    package var busiestShare: Double { total == 0 ? 0 : Double(busiestCount) / Double(total) }
}
