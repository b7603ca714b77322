internal import FastCGI

/// What nginx says about a request beside the request itself: the parameters `AUTH_…`, which no client can set.
struct DoorParameters {
    private(set) var surfaceName: ArraySlice<UInt8>?
    private(set) var key: ArraySlice<UInt8>?
    private(set) var role: ArraySlice<UInt8>?
    private(set) var maximumAge: ArraySlice<UInt8>?

    /// The name of a parameter that is none of ours, or that is given twice with different values; such a one is empty, and
    /// an empty one means nothing good anywhere.
    private(set) var fault: String?

    /// Reads the parameters of a request.
    init(_ request: Request) {
        var found = DoorParameters()
        request.parameters.forEach(prefix: "AUTH_") { name, value in
            // No name of ours is so long that the string needs memory of its own.
            found.take(String(decoding: name, as: UTF8.self), value)
        }
        self = found
    }

    private init() {}

    private mutating func take(_ name: String, _ value: ArraySlice<UInt8>) {
        let isGood =
            switch name {
            case "AUTH_SURFACE": Self.keep(value, in: &surfaceName)
            case "AUTH_KEY": Self.keep(value, in: &key)
            case "AUTH_ROLE": Self.keep(value, in: &role)
            case "AUTH_MAX_AGE": Self.keep(value, in: &maximumAge)
            // RFC 3875 §4.1.1, and what applications are told by us.
            case "AUTH_TYPE", "AUTH_USER", "AUTH_USER_ID", "AUTH_ROLES", "AUTH_SESSION", "AUTH_EXPIRES": true
            default: false
            }
        if !isGood { fault = name }
    }

    private static func keep(_ value: ArraySlice<UInt8>, in kept: inout ArraySlice<UInt8>?) -> Bool {
        guard let earlier = kept, earlier != value else {
            kept = value
            return true
        }
        kept = []
        return false
    }
}
