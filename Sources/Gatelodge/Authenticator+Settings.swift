package import Authentication
package import Logging

extension Authenticator {
    /// Opens what the settings name; blocks.
    package static func open(
        _ settings: Settings, hashing: HashingMode = .threads, logger: Logger
    ) throws(StartError) -> Authenticator {
        do throws(AuthenticatorStartError) {
            return try Authenticator(
                databasePath: settings.database.path, settings: AuthenticationSettings(settings),
                hashing: hashing, hashingThreads: settings.hashing.count, hashingTimeLimit: settings.password.wait,
                logger: logger)
        } catch {
            throw StartError(error.description)
        }
    }
}
