import Foundation
import GatelodgeCommand

/// A sound `http` with one server, in which a test changes a line.
let soundNginx = """
    user www-data;
    http {
        upstream gatelodge {
            server unix:/run/gatelodge/gatelodge.sock max_fails=0;
            server unix:/run/gatelodge/gatelodge.sock max_fails=0 backup;
            keepalive 32;
        }
        server {
            location ^~ /api/ {
                fastcgi_pass gatelodge;
                fastcgi_keep_conn on;
                fastcgi_param REQUEST_METHOD $request_method;
                fastcgi_param HTTP_PROXY "";
                fastcgi_next_upstream error;
            }
            location = /verify {
                internal;
                fastcgi_pass gatelodge;
                fastcgi_keep_conn on;
                fastcgi_pass_request_headers off;
                fastcgi_pass_request_body off;
                fastcgi_param AUTH_SURFACE verify;
                fastcgi_param CONTENT_LENGTH "";
                error_page 500 = @down;
            }
            location /private/ {
                auth_request /verify;
                proxy_pass http://127.0.0.1:9000;
            }
            location @down { return 503; }
            location = /health { return 200 "ok"; }
        }
    }
    """

/// The findings for a text in the place of the main file.
func examine(
    _ text: String, _ expected: NginxExpectations = NginxExpectations(),
    including files: [String: String] = [:]
) throws -> [Finding] {
    let configuration = try NginxConfiguration(root: NginxFile(path: "/etc/nginx/nginx.conf", text: text)) { pattern in
        files[pattern].map { [NginxFile(path: pattern, text: $0)] } ?? []
    }
    return NginxExaminer.examine(configuration, expecting: expected)
}

/// The number of the first line that holds a text.
func line(of part: String, in text: String) -> Int {
    (text.components(separatedBy: "\n").firstIndex { $0.contains(part) } ?? -1) + 1
}
