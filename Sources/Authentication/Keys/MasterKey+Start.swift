internal import Storage

extension MasterKey {
    /// The master key of a database; made on the first start. Blocks.
    ///
    /// - Throws: where the file is not as it must be, or is gone though the database needs it: another one would open nothing.
    init(of store: Store, path: String) throws(AuthenticatorStartError) {
        let file = MasterKeyFile(path: path)
        let sealedCount: Int
        do throws(StorageError) {
            // Asked first: a process that makes both at this moment makes the file before it seals anything.
            sealedCount = try store.findSigningKeys().count { $0.isSealed }
        } catch {
            throw .storage(cause: error.description)
        }
        do throws(MasterKeyFault) {
            if let key = try file.read() {
                self = key
                return
            }
            guard sealedCount == 0 else { throw .missing(sealedKeys: sealedCount) }
            self = try file.readOrMake()
        } catch {
            throw .masterKey(path: file.path, error)
        }
    }
}
