/// Who may have a share in a file that holds a secret.
package enum SecretFileRule {
    /// Where systemd shows a service its credentials (systemd.exec(5), "LoadCredential="); root alone makes anything there.
    private static let credentials = "/run/credentials/"

    /// What is wrong with a file of these permission bits and this owner, for a process of this user.
    ///
    /// A credential of systemd 254 and later is root's file with an access control list that opens it to the service's user.
    /// Such a list's mask is shown in place of the group's bits, so that the mode reads 0440 although no group may read it.
    package static func fault(path: String, mode: UInt32, owner: UInt32, user: UInt32) -> FileFault? {
        let isCredential = path.hasPrefix(credentials) && !path.split(separator: "/").contains("..") && owner == 0
        guard mode & (isCredential ? 0o037 : 0o077) == 0 else { return .exposed(mode: mode & 0o7777) }
        guard owner == 0 || owner == user else { return .foreign(owner: owner) }
        return nil
    }
}
