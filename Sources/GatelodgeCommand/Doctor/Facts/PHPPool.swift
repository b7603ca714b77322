/// A pool of PHP-FPM and whose rights its scripts have.
package struct PHPPool: Sendable, Hashable {
    package let name: String
    package let user: UnixUser

    /// The file that says so.
    package let place: String

    package init(name: String, user: UnixUser, place: String) {
        self.name = name
        self.user = user
        self.place = place
    }
}
