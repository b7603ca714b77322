internal import Storage

extension Authenticator {
    /// Waits for the upgrades that logins have left behind; blocks, for some bcrypts at most. For a process that ends
    /// after its one request.
    package func finishUpgrades() {
        upgrades.finish()
    }

    /// Takes no more upgrades and gives up those that are not being written; blocks until none is. The accounts keep the
    /// hashes that they have, and a later login upgrades them.
    package func stopUpgrades() {
        upgrades.stop()
    }

    /// Has the hash of an account replaced where a new one would be better; does not wait.
    ///
    /// A hash that knows only the beginning of so long a password stays: what follows was never checked, and a new hash of
    /// it would keep the owner out who once types it right.
    func upgradeHash(of account: Account, provedBy password: Password) {
        guard passwords.shouldReplace(account.passwordHash, provedBy: password) else { return }
        upgrades.append(
            PasswordUpgrade(account: account.id, password: password, verifiedHash: account.passwordHash))
    }
}
