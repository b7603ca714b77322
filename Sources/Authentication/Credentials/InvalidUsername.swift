/// A name that cannot be a username, with every reason.
package struct InvalidUsername: Error, Sendable, Equatable {
    /// At least one.
    package let faults: [UsernameFault]

    package init(faults: [UsernameFault]) {
        self.faults = faults
    }
}
