/// A user of this machine with the groups that it is in: whose rights a process has.
package struct UnixUser: Sendable, Hashable {
    package let name: String
    package let id: UInt32
    package let groups: Set<UInt32>

    package init(name: String, id: UInt32, groups: Set<UInt32>) {
        self.name = name
        self.id = id
        self.groups = groups
    }
}
