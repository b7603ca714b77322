internal import Authentication
internal import FastCGI
internal import HTTPTypes
internal import JSON

extension Application {
    /// The endpoints of the HTTP contract. Those that exist from before there was a prefix stand at the root as well.
    mutating func addEndpoints() {
        for path in ["/register", settings.prefix + "register"] { post(path, register) }
        for path in ["/login", settings.prefix + "login"] { post(path, logIn) }
        for path in ["/.well-known/jwks.json", settings.prefix + ".well-known/jwks.json"] { get(path, keySet) }
    }
}
