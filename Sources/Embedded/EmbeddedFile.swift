/// Files of the repository that are part of the program.
package enum EmbeddedFile {
    /// docs/openapi.yaml
    package static var openAPI: String { text(PackageResources.openapi_yaml) }

    /// A file of nginx/ by its name; nil where there is none of that name.
    package static func nginx(_ name: String) -> String? { nginxFiles[name].map(text) }

    private static let nginxFiles: [String: [UInt8]] = [
        "auth_request-fastcgi.conf": PackageResources.auth_request_fastcgi_conf,
        "auth_request-http.conf": PackageResources.auth_request_http_conf,
        "auth_request-location.conf": PackageResources.auth_request_location_conf,
        "auth_request-proxy.conf": PackageResources.auth_request_proxy_conf,
        "auth_request-verify.conf": PackageResources.auth_request_verify_conf,
        "auth_request.conf": PackageResources.auth_request_conf,
        "gatelodge-admin.conf": PackageResources.gatelodge_admin_conf,
        "gatelodge-auth-prefix.conf": PackageResources.gatelodge_auth_prefix_conf,
        "gatelodge-errors.conf": PackageResources.gatelodge_errors_conf,
        "gatelodge-pass.conf": PackageResources.gatelodge_pass_conf,
        "gatelodge-status-pass.conf": PackageResources.gatelodge_status_pass_conf,
        "gatelodge-status.conf": PackageResources.gatelodge_status_conf,
        "gatelodge-upstream.conf": PackageResources.gatelodge_upstream_conf,
        "gatelodge.conf": PackageResources.gatelodge_conf,
        "limits.conf": PackageResources.limits_conf,
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
