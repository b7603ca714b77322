internal import Authentication
internal import FastCGI
internal import Gatelodge

extension Application {
    /// What this binary serves: the endpoints, and the protected page of the contract.
    static func ofCommand(
        _ settings: Settings, hashing: HashingMode = .threads
    ) throws(StartError) -> Application {
        var application = try Application(settings: settings, hashing: hashing, version: Version.current)
        application.get(settings.prefix + "posts", .authenticated) { _, identity in
            .json(["message": "Welcome \(identity.username)"])
        }
        return application
    }
}
