/// One directive of nginx's configuration, with what stands in its braces.
package struct NginxDirective: Sendable {
    package let name: String
    package let arguments: [String]

    /// `nil` where it ends with a semicolon.
    package var block: [NginxDirective]?

    /// As in `/etc/nginx/nginx.conf:12`.
    package let place: String

    /// The first argument; empty where there is none.
    package var argument: String { arguments.first ?? "" }
}
