internal import Cryptography
internal import Storage

extension Authenticator {
    /// Makes a credential for an application that asks about tokens.
    ///
    /// - Returns: the secret, which is told this once.
    /// - Throws: ``AuthError/invalidServiceName``, ``AuthError/serviceExists``; what keeps us from serving.
    package nonisolated(nonsending) func addService(
        _ name: String, by principal: Principal = .operator, from client: Client = .local
    ) async throws(AuthError) -> String {
        guard Roles.isRole(name) else { throw .invalidServiceName }
        let secret = OpaqueToken(.serviceSecret)
        let record = audit.record(.serviceAdd, by: principal, from: client, detail: name)
        do throws(StorageError) {
            try await store.insertService(
                Service(name: name, createdUnixSeconds: currentSeconds), secretHash: secret.digest, audit: record)
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
        return secret.text
    }

    /// In the order of their names.
    package func findServices() throws(AuthError) -> [RegisteredService] {
        do throws(StorageError) {
            return try store.findServices().map(RegisteredService.init)
        } catch {
            throw AuthError(error)
        }
    }

    /// - Throws: ``AuthError/serviceMissing``.
    package nonisolated(nonsending) func removeService(
        _ name: String, by principal: Principal = .operator, from client: Client = .local
    ) async throws(AuthError) {
        let record = audit.record(.serviceRemove, by: principal, from: client, detail: name)
        let wasThere: Bool
        do throws(StorageError) {
            wasThere = try await store.deleteService(name: name, audit: record)
        } catch {
            throw AuthError(error)
        }
        guard wasThere else { throw .serviceMissing }
        audit.log(record)
    }

    /// Whether a service's credential is good. A bad one is written down.
    package func isService(name: String, secret text: String, from client: Client) throws(AuthError) -> Bool {
        let isGood = try isService(name: name, secret: text)
        if !isGood { _ = audit.refusal(.invalidCredentials, of: .introspect, from: client) }
        return isGood
    }

    private func isService(name: String, secret text: String) throws(AuthError) -> Bool {
        guard Roles.isRole(name), let secret = OpaqueToken(parsing: text, as: .serviceSecret) else { return false }
        do throws(StorageError) {
            guard let digest = try store.findService(name: name) else { return false }
            return constantTimeEquals(digest.span, secret.digest.span)
        } catch {
            throw AuthError(error)
        }
    }
}
