/// Looks for the known mistakes in the configuration of an nginx before Gatelodge. Reads no file and asks nobody.
package enum NginxExaminer {
    /// In the order of the configuration, each once.
    package static func examine(
        _ configuration: NginxConfiguration, expecting expected: NginxExpectations = NginxExpectations()
    ) -> [Finding] {
        let scopes = NginxScope.all(in: configuration)
        var findings: [Finding] = []
        var seen: Set<Finding> = []
        for scope in scopes {
            let found = examinePass(scope, scopes, expected) + examineProtected(scope, scopes)
            for finding in found where seen.insert(finding).inserted { findings.append(finding) }
        }
        return findings
    }

    /// A block that passes requests to Gatelodge.
    private static func examinePass(
        _ scope: NginxScope, _ all: [NginxScope], _ expected: NginxExpectations
    ) -> [Finding] {
        guard let pass = scope.own("fastcgi_pass").last else { return [] }
        let upstream = NginxUpstream(pass.argument, in: all)
        guard upstream.isGatelodge(socketPath: expected.socketPath) else { return [] }
        let isVerify = scope.parameter("AUTH_SURFACE") == "verify"
        return examineConnection(scope, pass, upstream, expected) + examineParameters(scope, pass, expected)
            + examineRepeats(scope) + (isVerify ? examineVerify(scope, expected) : [])
    }

    private static func examineConnection(
        _ scope: NginxScope, _ pass: NginxDirective, _ upstream: NginxUpstream, _ expected: NginxExpectations
    ) -> [Finding] {
        var findings: [Finding] = []
        if upstream.isMissing {
            findings.append(
                Finding(
                    .error, "nginx_upstream_missing", at: pass.place, "There is no upstream \(upstream.name).",
                    remedy: "Include gatelodge/gatelodge-upstream.conf in `http`."))
        } else if let block = upstream.block {
            findings += examineUpstream(block)
        } else {
            findings.append(
                Finding(
                    .warning, "nginx_upstream_unused", at: pass.place,
                    "fastcgi_pass names the socket itself, so that no connection is kept.",
                    remedy: "Include gatelodge/gatelodge-upstream.conf in `http` and write `fastcgi_pass gatelodge;`."))
        }
        if !scope.isOn("fastcgi_keep_conn") {
            findings.append(
                Finding(
                    .warning, "nginx_keep_conn_missing", at: pass.place,
                    "nginx closes the connection after each request.", remedy: "Add `fastcgi_keep_conn on;` here."))
        }
        if let socket = expected.socketPath, socket.hasPrefix("/"),
            let other = upstream.socketPaths.first(where: { $0.hasPrefix("/") }),
            !upstream.socketPaths.contains(where: { normal($0) == normal(socket) })
        {
            findings.append(
                Finding(
                    .error, "nginx_socket_differs", at: (upstream.block ?? pass).place,
                    "nginx connects to \(other), and the instance listens on \(socket).",
                    remedy: "Write the path of the setting socket.path there."))
        }
        return findings
    }

    private static func examineUpstream(_ block: NginxDirective) -> [Finding] {
        var findings: [Finding] = []
        let inner = block.block ?? []
        if !inner.contains(where: { $0.name == "keepalive" }) {
            findings.append(
                Finding(
                    .warning, "nginx_keepalive_missing", at: block.place,
                    "The upstream \(block.argument) keeps no connection, so each request makes its own.",
                    remedy: "Add `keepalive 32;` after its servers."))
        }
        let servers = inner.filter { $0.name == "server" }
        if !servers.contains(where: { $0.arguments.contains("backup") }) {
            findings.append(
                Finding(
                    .warning, "nginx_backup_missing", at: block.place,
                    "A burst that fills the socket's queue is answered with 502 at once.",
                    remedy: "Name the same socket a second time, with `max_fails=0 backup`."))
        }
        if let server = servers.first(where: { !$0.arguments.contains("max_fails=0") }) {
            findings.append(
                Finding(
                    .warning, "nginx_max_fails", at: server.place,
                    "After one failure nginx takes this server for dead for ten seconds, and answers 502.",
                    remedy: "Add `max_fails=0` to it."))
        }
        return findings
    }

    private static func examineParameters(
        _ scope: NginxScope, _ pass: NginxDirective, _ expected: NginxExpectations
    ) -> [Finding] {
        var findings: [Finding] = []
        let passesFields = scope.inherited("fastcgi_pass_request_headers").last?.argument != "off"
        if passesFields, scope.parameter("HTTP_PROXY") != "" {
            findings.append(
                Finding(
                    .warning, "nginx_proxy_field", at: pass.place,
                    "A client's field `Proxy` arrives as HTTP_PROXY (CVE-2016-5385).",
                    remedy: "Add `fastcgi_param HTTP_PROXY \"\";` here."))
        }
        for parameter in scope.inherited("fastcgi_param") where isRawPath(parameter) {
            findings.append(
                Finding(
                    .error, "nginx_raw_path", at: parameter.place,
                    "\(parameter.argument) is the path as the client wrote it, and not the one by which nginx chose the location.",
                    remedy: "Write `fastcgi_param SCRIPT_NAME $document_uri;`."))
        }
        for parameter in scope.inherited("fastcgi_param") where isClientsOwn(parameter) {
            findings.append(
                Finding(
                    .error, "nginx_client_decides", at: parameter.place,
                    "The client says what \(parameter.argument) is, and Gatelodge believes it.",
                    remedy:
                        "Give it a value of nginx's own; for addresses behind a proxy use set_real_ip_from and $remote_addr."
                ))
        }
        let hasKey = scope.parameter("AUTH_KEY") != nil
        if expected.needsKey == true, !hasKey {
            findings.append(
                Finding(
                    .error, "nginx_key_missing", at: pass.place,
                    "The instance wants AUTH_KEY, and nginx does not show it.",
                    remedy: "Put `fastcgi_param AUTH_KEY …;` into gatelodge/gatelodge-key.conf, mode 0600."))
        }
        if expected.needsKey == false, hasKey {
            findings.append(
                Finding(
                    .warning, "nginx_key_unused", at: pass.place,
                    "nginx shows AUTH_KEY, and the instance asks for none.",
                    remedy: "Set fastcgi.key_file to a file that holds the same key."))
        }
        return findings
    }

    /// What answers one request with another's answer, or runs it twice.
    private static func examineRepeats(_ scope: NginxScope) -> [Finding] {
        var findings: [Finding] = []
        if let next = scope.inherited("fastcgi_next_upstream").last, next.arguments.contains("non_idempotent") {
            findings.append(
                Finding(
                    .error, "nginx_non_idempotent", at: next.place,
                    "With non_idempotent nginx sends a POST twice, and both are executed.",
                    remedy: "Write `fastcgi_next_upstream error;`."))
        }
        for name in ["fastcgi_cache", "fastcgi_store"] {
            guard let cache = scope.inherited(name).last, cache.argument != "off" else { continue }
            findings.append(
                Finding(
                    .error, "nginx_cache", at: cache.place,
                    "Answers of Gatelodge are kept in \(name), with tokens in clear, and given to others.",
                    remedy: "Write `\(name) off;` where requests are passed to Gatelodge; it has a cache of its own."))
        }
        return findings
    }

    /// A location that auth_request asks.
    private static func examineVerify(
        _ scope: NginxScope, _ expected: NginxExpectations
    ) -> [Finding] {
        var findings: [Finding] = []
        if scope.own("internal").isEmpty {
            findings.append(
                Finding(
                    .warning, "nginx_verify_public", at: scope.block.place, "The door can be asked from outside.",
                    remedy: "Add `internal;` here."))
        }
        if scope.inherited("fastcgi_pass_request_body").last?.argument != "off"
            || scope.parameter("CONTENT_LENGTH") != ""
        {
            findings.append(
                Finding(
                    .error, "nginx_verify_body", at: scope.block.place,
                    "The door is told of a body that does not come with the question, and refuses it.",
                    remedy: "Add `fastcgi_pass_request_body off;` and `fastcgi_param CONTENT_LENGTH \"\";` here."))
        }
        if let page = scope.inherited("error_page").first(where: isPassMadeOfFailure) {
            findings.append(
                Finding(
                    .error, "nginx_error_page_passes", at: page.place,
                    "This error_page makes a success of a failure, and so lets everybody in when Gatelodge does not answer.",
                    remedy:
                        "Write an error_page without `=200` in the door's location, as auth_request-verify.conf does."))
        }
        if expected.registrationIsOpen, scope.parameter("AUTH_ROLE") == nil {
            findings.append(
                Finding(
                    .warning, "nginx_verify_everybody", at: scope.block.place,
                    "Anybody may register, and this door lets in whoever has: it keeps nobody out.",
                    remedy: "Set `registration: closed` or `invite`, or add `fastcgi_param AUTH_ROLE …;` here."))
        }
        return findings
    }

    /// A location that auth_request protects.
    private static func examineProtected(_ scope: NginxScope, _ all: [NginxScope]) -> [Finding] {
        guard scope.block.name == "location" || scope.block.name == "if" else { return [] }
        guard let request = scope.inherited("auth_request").last, request.argument != "off", !scope.isInternal else {
            return []
        }
        var findings: [Finding] = []
        if let escape = scope.own("return").first(where: { !isRefusal($0) })
            ?? scope.own("rewrite").first(where: isRedirect)
        {
            findings.append(
                Finding(
                    scope.own("auth_request").isEmpty ? .warning : .error, "nginx_return_bypasses", at: escape.place,
                    "\(escape.name) answers before auth_request is asked, so that this location is not protected.",
                    remedy: "Take the line out, or put it into a location without auth_request."))
        }
        let server = scope.blocks.last { $0.name == "server" }
        if let server, !request.argument.contains("$"), !hasLocation(request.argument, in: server) {
            findings.append(
                Finding(
                    .error, "nginx_door_missing", at: request.place,
                    "auth_request asks \(request.argument), and this server has no such location.",
                    remedy: "Include gatelodge/auth_request.conf in the server."))
        }
        return findings
    }

    /// Whether something that only nginx may say has its value from the request.
    private static func isClientsOwn(_ parameter: NginxDirective) -> Bool {
        guard parameter.argument == "REMOTE_ADDR" || parameter.argument.hasPrefix("AUTH_") else { return false }
        return parameter.arguments.dropFirst().contains { value in
            ["$http_", "${http_", "$arg_", "${arg_", "$cookie_", "${cookie_"].contains { value.contains($0) }
        }
    }

    /// Whether the path that Gatelodge goes by is one that nginx has not decoded and normalised.
    private static func isRawPath(_ parameter: NginxDirective) -> Bool {
        ["SCRIPT_NAME", "PATH_INFO", "DOCUMENT_URI"].contains(parameter.argument)
            && parameter.arguments.dropFirst().contains { $0.contains("$request_uri") || $0.contains("${request_uri}") }
    }

    /// `return 405;` lets nobody in.
    private static func isRefusal(_ directive: NginxDirective) -> Bool {
        directive.argument.hasPrefix("4") || directive.argument.hasPrefix("5")
    }

    private static func isRedirect(_ rewrite: NginxDirective) -> Bool {
        ["redirect", "permanent"].contains(rewrite.arguments.last ?? "")
    }

    private static func isPassMadeOfFailure(_ page: NginxDirective) -> Bool {
        page.arguments.contains { $0.hasPrefix("=2") || $0.hasPrefix("=3") }
    }

    /// Whether a location of the server's takes this path.
    private static func hasLocation(_ path: String, in server: NginxDirective) -> Bool {
        (server.block ?? []).contains { location in
            guard location.name == "location", let last = location.arguments.last else { return false }
            switch location.arguments.count > 1 ? location.argument : "" {
            case "=": return last == path
            // Whether an expression matches is nginx's to say.
            case "~", "~*": return true
            default: return last != "/" && path.hasPrefix(last)
            }
        }
    }

    /// Debian's /var/run is a link to /run.
    private static func normal(_ path: String) -> String {
        path.hasPrefix("/var/run/") ? String(path.dropFirst(4)) : path
    }
}
