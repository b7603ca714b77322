/// A part of nginx's configuration that `gatelodge nginx` prints, made of files of nginx/.
package enum NginxPart: String, Sendable, CaseIterable {
    /// Where the instance listens, which all others need.
    case http
    /// How often one address may ask.
    case limits
    /// The endpoints that clients ask.
    case `public`
    /// The door that `auth_request` asks.
    case verify
    /// What a location holds that the door protects.
    case protected
    /// The endpoints of administrators.
    case admin
    /// How the instance is.
    case status
    /// One whole site: all of these but ``protected``.
    case all

    /// The block that it is for.
    package var context: String {
        switch self {
        case .http, .limits, .all: "http"
        case .public, .verify, .admin, .status: "server"
        case .protected: "location"
        }
    }

    /// What stands in the help.
    var purpose: String {
        switch self {
        case .http: "where the instance listens; everything else needs it"
        case .limits: "how often one address may ask"
        case .public: "the endpoints that clients ask"
        case .verify: "the door that auth_request asks"
        case .protected: "what a location holds that the door protects"
        case .admin: "the endpoints of administrators"
        case .status: "how the instance is, for this machine alone"
        case .all: "a whole site, with everything but \"protected\""
        }
    }

    /// The file of nginx/ that begins it.
    ///
    /// - Parameter prefix: the setting `prefix`.
    func file(prefix: String) -> String? {
        switch self {
        case .http: "gatelodge-upstream.conf"
        case .limits: "limits.conf"
        case .public: prefix == "/api/" ? "gatelodge.conf" : "gatelodge-auth-prefix.conf"
        case .verify: "auth_request.conf"
        case .protected: "auth_request-location.conf"
        case .admin: "gatelodge-admin.conf"
        case .status: "gatelodge-status.conf"
        case .all: nil
        }
    }
}
