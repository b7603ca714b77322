import GatelodgeCommand
import Testing

@Suite struct SocketExaminerTests {
    static let www = UnixUser(name: "www-data", id: 33, groups: [33])
    static let site = UnixUser(name: "site", id: 1_000, groups: [1_000])

    static let sound = SocketExaminer.Facts(
        socket: FileFact("s", .socket, mode: 0o660, owner: 9, group: 33), nginx: www,
        pools: [PHPPool(name: "site", user: site, place: "site.conf")])

    static let changes: [Change<SocketExaminer.Facts>] = [
        Change("socket_missing", .warning) { $0.socket = FileFact("s", .missing) },
        Change("socket_is_file", .error) { $0.socket = FileFact("s", .file) },
        Change("socket_stale", .warning) { $0.isServed = false },
        Change("socket_open", .error) {
            $0.socket = FileFact("s", .socket, mode: 0o666, owner: 9, group: 33)
            $0.pools = []
        },
        Change("socket_closed_to_nginx", .error) {
            $0.socket = FileFact("s", .socket, mode: 0o660, owner: 9, group: 9)
        },
        Change("socket_closed_to_nginx", .error) {
            $0.socket = FileFact("s", .socket, mode: 0o060, owner: 33, group: 33)
        },
        Change("php_pool_reaches_socket", .error) {
            $0.pools.append(PHPPool(name: "www", user: www, place: "www.conf"))
        },
    ]

    @Test(arguments: changes)
    func `Each fault of the socket is found, and alone`(_ change: Change<SocketExaminer.Facts>) throws {
        try change.expectAlone(in: Self.sound, SocketExaminer.examine)
    }

    @Test func `With a key it matters to nobody who else may connect`() {
        var facts = Self.sound
        facts.socket = FileFact("s", .socket, mode: 0o666, owner: 9, group: 33)
        facts.pools.append(PHPPool(name: "www", user: Self.www, place: "www.conf"))
        #expect(Set(SocketExaminer.examine(facts).map(\.code)) == ["socket_open", "php_pool_reaches_socket"])
        facts.hasKey = true
        #expect(SocketExaminer.examine(facts) == [])
    }

    @Test func `A pool that runs as nginx's user is found before there is a socket`() {
        var facts = Self.sound
        facts.socket = FileFact("s", .missing)
        facts.pools.append(PHPPool(name: "www", user: Self.www, place: "www.conf"))
        #expect(SocketExaminer.examine(facts).map(\.code) == ["socket_missing", "php_pool_reaches_socket"])
        facts.hasKey = true
        #expect(SocketExaminer.examine(facts).map(\.code) == ["socket_missing"])
    }

    @Test func `The pools of a file are read with their users`() {
        let file = PHPPoolFile(
            reading: """
                ; a comment
                [global]
                error_log = /var/log/fpm.log
                [www]
                user = www-data
                group=www-data ; why not
                ;user = root
                [site]
                user = "site"
                [none]
                listen = /run/x
                """)
        #expect(file.pools.map(\.name) == ["www", "site", "none"])
        #expect(file.pools.map(\.user) == ["www-data", "site", nil])
        #expect(file.pools.map(\.group) == ["www-data", nil, nil])
    }
}
