import Foundation
import GRDB
import TestSupport

/// nginx with files and applications behind `auth_request`, as docs/auth-request.md says.
///
/// A second server of the same nginx has all that sites do to themselves: underscores in header fields, error pages that
/// say 200, a cache for everything.
final class DoorSite {
    let site: Site
    /// Of the second server.
    let carelessPort: UInt16
    private let fastCGI: Echo.FastCGIApplication
    private let http: Echo.HTTPApplication

    /// What stands in the protected files.
    static let secret = "PROTECTED"

    init(_ settings: [String: String] = [:], servers: String = "") throws {
        let carelessPort = try freePort()
        self.carelessPort = carelessPort
        site = try Site(settings, configuration: { Self.configuration($0, careless: carelessPort) + servers + "}\n" })
        let folder = site.folder
        fastCGI = try Echo.FastCGIApplication(path: folder.appending(path: "var/f").path)
        http = try Echo.HTTPApplication(path: folder.appending(path: "var/h").path)
        for name in ["private/secret.txt", "private/below/secret.txt", "private/a b.txt", "open/open.txt"] {
            let file = folder.appending(path: "files/" + name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try (name.hasPrefix("private") ? Self.secret : "OPEN").write(to: file, atomically: true, encoding: .utf8)
        }
    }

    /// Registers an account with these roles, and answers with a token.
    func token(of username: String = "vicky", roles: String = "") throws -> String {
        let account = #"{"username":"\#(username)","password":"vicky@12345"}"#
        _ = try site.sendPastNginx(.post("/register", account))
        try DatabaseQueue(path: site.folder.appending(path: "var/gatelodge.db").path).write { db in
            try db.execute(sql: "UPDATE accounts SET roles = ? WHERE username = ?", arguments: [roles, username])
        }
        guard let token = try site.sendPastNginx(.post("/login", account)).string("token") else {
            throw Site.Failure(description: "\(username) cannot log in")
        }
        return token
    }

    /// Sends a request through nginx.
    func send(
        _ method: String = "GET", _ path: String, _ fields: [String: String] = [:], body: [UInt8] = [],
        port: UInt16? = nil
    ) throws -> ScenarioReply {
        try HTTPClient.send(
            ScenarioRequest(method, path, fields: fields.map { ($0.key, $0.value) }, body: body),
            port: port ?? site.port)
    }

    private static func configuration(_ port: UInt16, careless: UInt16) -> String {
        """
        worker_processes 1;
        daemon off;
        pid var/nginx/nginx.pid;
        error_log stderr error;
        events {}
        http {
            access_log off;
            client_body_temp_path var/nginx/body;
            fastcgi_temp_path var/nginx/fastcgi;
            proxy_temp_path var/nginx/proxy;
            scgi_temp_path var/nginx/scgi;
            uwsgi_temp_path var/nginx/uwsgi;
            fastcgi_cache_path var/nginx/cache keys_zone=all:1m;
            upstream gatelodge {
                server unix:var/gatelodge.sock max_fails=0;
                server unix:var/gatelodge.sock max_fails=0 backup;
                keepalive 4;
            }
            include gatelodge/auth_request-http.conf;
            server {
                listen 127.0.0.1:\(port);
                \(locations)
            }
            server {
                listen 127.0.0.1:\(careless);
                underscores_in_headers on;
                ignore_invalid_headers off;
                error_page 401 403 500 502 503 504 =200 /sorry.txt;
                fastcgi_intercept_errors on;
                fastcgi_cache all;
                fastcgi_cache_key $uri;
                fastcgi_cache_valid any 10m;
                fastcgi_ignore_headers Cache-Control Expires Vary Set-Cookie;
                location = /sorry.txt { return 200 SORRY; }
                \(locations)
            }

        """
    }

    private static let locations = """
        include gatelodge/gatelodge.conf;
        include gatelodge/auth_request.conf;
        root files;
        location = /.gatelodge/verify-editors {
            include gatelodge/auth_request-verify.conf;
            fastcgi_param AUTH_ROLE editor;
        }
        location = /.gatelodge/verify-lately {
            include gatelodge/auth_request-verify.conf;
            fastcgi_param AUTH_MAX_AGE 900;
        }
        location = /.gatelodge/verify-just-now {
            include gatelodge/auth_request-verify.conf;
            fastcgi_param AUTH_MAX_AGE 1;
        }
        location = /.gatelodge/verify-mistaken {
            include gatelodge/auth_request-verify.conf;
            fastcgi_param AUTH_ROLE "Editor or so";
        }
        location ^~ /private/ {
            auth_request /.gatelodge/verify;
            include gatelodge/auth_request-location.conf;
        }
        location ^~ /editors/ {
            auth_request /.gatelodge/verify-editors;
            include gatelodge/auth_request-location.conf;
            alias files/private/;
        }
        location ^~ /lately/ {
            auth_request /.gatelodge/verify-lately;
            include gatelodge/auth_request-location.conf;
            alias files/private/;
        }
        location ^~ /just-now/ {
            auth_request /.gatelodge/verify-just-now;
            include gatelodge/auth_request-location.conf;
            alias files/private/;
        }
        location ^~ /mistaken/ {
            auth_request /.gatelodge/verify-mistaken;
            include gatelodge/auth_request-location.conf;
            alias files/private/;
        }
        location ^~ /misspelled/ {
            auth_request /.gatelodge/verfiy;
            include gatelodge/auth_request-location.conf;
            alias files/private/;
        }
        location ^~ /fastcgi/ {
            auth_request /.gatelodge/verify;
            include gatelodge/auth_request-location.conf;
            fastcgi_pass unix:var/f;
            fastcgi_cache off;
            client_max_body_size 96k;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param CONTENT_LENGTH $content_length;
            include gatelodge/auth_request-fastcgi.conf;
        }
        location ^~ /proxy/ {
            auth_request /.gatelodge/verify;
            include gatelodge/auth_request-location.conf;
            proxy_pass http://unix:var/h;
            include gatelodge/auth_request-proxy.conf;
        }
        location ~ [.]txt$ {}
        """
}
