/// Who may connect to the instance: nginx should, and nobody else.
package enum SocketExaminer {
    package struct Facts: Sendable {
        package var socket: FileFact

        /// Whether somebody answers on it.
        package var isServed: Bool

        /// Whether the setting `fastcgi.key_file` is there.
        package var hasKey: Bool

        /// Whose rights nginx's workers have; `nil` where nobody knows.
        package var nginx: UnixUser?
        package var pools: [PHPPool]

        package init(
            socket: FileFact, isServed: Bool = true, hasKey: Bool = false, nginx: UnixUser? = nil, pools: [PHPPool] = []
        ) {
            self.socket = socket
            self.isServed = isServed
            self.hasKey = hasKey
            self.nginx = nginx
            self.pools = pools
        }
    }

    package static func examine(_ facts: Facts) -> [Finding] { examineSocket(facts) + examinePools(facts) }

    private static func examineSocket(_ facts: Facts) -> [Finding] {
        switch facts.socket.kind {
        case .missing:
            [
                Finding(
                    .warning, "socket_missing", at: facts.socket.path, "No instance listens.",
                    remedy: "Start it: gatelodge serve.")
            ]
        case .socket: examineServed(facts) + examineMode(facts) + examineNginx(facts)
        case .file, .folder, .other:
            [
                Finding(
                    .error, "socket_is_file", at: facts.socket.path,
                    "Something else stands in the place of the socket.",
                    remedy: "Take it away, or set another socket.path.")
            ]
        }
    }

    private static func examineServed(_ facts: Facts) -> [Finding] {
        guard !facts.isServed else { return [] }
        return [
            Finding(
                .warning, "socket_stale", at: facts.socket.path, "The socket is what a process left that is gone.",
                remedy: "Start an instance, which replaces it: gatelodge serve.")
        ]
    }

    private static func examineMode(_ facts: Facts) -> [Finding] {
        guard facts.socket.mode & 0o002 != 0, !facts.hasKey else { return [] }
        return [
            Finding(
                .error, "socket_open", at: facts.socket.path,
                "Everybody on this machine may connect and say for whom they ask.",
                remedy: "Set socket.mode to 0660 and socket.group to nginx's group, or set fastcgi.key_file.")
        ]
    }

    private static func examineNginx(_ facts: Facts) -> [Finding] {
        guard let nginx = facts.nginx, !facts.socket.isWritable(by: nginx) else { return [] }
        return [
            Finding(
                .error, "socket_closed_to_nginx", at: facts.socket.path,
                "nginx's workers run as \(nginx.name), which may not connect: every request becomes a 502.",
                remedy: "Set socket.group to a group of \(nginx.name), and start again.")
        ]
    }

    /// The trust boundary is the socket's mode: a script that may connect can claim any address and any surface.
    private static func examinePools(_ facts: Facts) -> [Finding] {
        guard !facts.hasKey else { return [] }
        return facts.pools.filter { reaches($0, facts) }.map { pool in
            Finding(
                .error, "php_pool_reaches_socket", at: pool.place,
                "The PHP pool \(pool.name) runs as \(pool.user.name), which may connect: each of its scripts can speak as nginx.",
                remedy: "Let the pool run as a user of its own, or set fastcgi.key_file and show the key in nginx.")
        }
    }

    /// Before there is a socket, who is nginx will reach it.
    private static func reaches(_ pool: PHPPool, _ facts: Facts) -> Bool {
        guard pool.user.id != 0 else { return false }
        if facts.socket.kind == .socket { return facts.socket.isWritable(by: pool.user) }
        return pool.user.id == facts.nginx?.id
    }
}
