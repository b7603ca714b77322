extension Settings {
    /// Every setting. The file, the environment, `gatelodge settings` and docs/settings.md all come from here.
    package static let table: [Setting] = [
        Setting(
            "socket.path", \.socket.path, .socketPath,
            "Where the unix socket is made that nginx connects to. Relative paths begin at the working folder."),
        Setting(
            "socket.mode", \.socket.mode, .mode,
            "The socket's permission bits. Whoever may open the socket is trusted."),
        Setting(
            "socket.group", \.socket.group, .optional(.text), absent: "that of the process",
            "The name or number of the group that owns the socket; on Debian `www-data`."),
        .secretFile(
            "fastcgi.key_file", \.fastcgi.key, minimumBytes: 16, absent: "none: no key is asked for",
            "The file that holds the key which every request must carry as the FastCGI parameter `AUTH_KEY`; one newline at "
                + "its end is not part of it. Needed where others than nginx may open the socket. "
                + "Root or the process's own user must own it, and nobody else may have any permission."),
        Setting(
            "cors.origins", \.cors.origins, .origins, absent: "none",
            "The origins of other sites whose pages may ask, separated by blanks, such as `https://app.example`. "
                + "Everything else that a page of another site asks to change is refused."),
        Setting(
            "database.path", \.database.path, .path,
            "The SQLite file. Two more files stand beside it, named after it with `-wal` and `-shm`."),
        Setting(
            "registration", \.registration, .choice,
            "Who may register: everyone, or nobody, so that accounts are made by command."),
        Setting(
            "prefix", \.prefix, .prefix,
            "What the endpoints' paths begin with: `/auth/` suits a site whose own application has `/api/`. "
                + "nginx must forward the same prefix."),
        .secret(
            "jwt.secret", \.jwt.secret, minimumBytes: 32, absent: "none: ES256 with a generated key",
            "The secret that signs tokens with HS256. In the environment alone, and removed from it at start; "
                + "meant for development."),
        .secretFile(
            "jwt.secret_file", \.jwt.secret, minimumBytes: 32, absent: "none: ES256 with a generated key",
            "The file that holds `jwt.secret`; one newline at its end is not part of it. "
                + "Root or the process's own user must own it, and nobody else may have any permission."),
        Setting(
            "jwt.issuer", \.jwt.issuer, .optional(.text), absent: "the instance's own URN",
            "The claim `iss` of every token, and the only one that is accepted."),
        Setting(
            "jwt.audience", \.jwt.audience, .optional(.text), absent: "the issuer",
            "The claim `aud` of every token, which an accepted one must hold."),
        Setting(
            "jwt.lifetime", \.jwt.lifetime, .duration(.seconds(1) ... .seconds(30 * 86_400), wholeSeconds: true),
            "How long an access token is valid."),
        Setting(
            "password.cost", \.password.cost, .integer(4...16),
            "bcrypt's cost: each step doubles the work. Below 10 only together with `password.insecure_cost`."),
        Setting(
            "password.insecure_cost", \.password.insecureCost, .boolean,
            "Allows costs from 4 to 9, which suit tests and never real passwords."),
        Setting(
            "password.minimum_length", \.password.minimumLength, .integer(1...64, unit: "code points"),
            "The shortest password that is accepted. NIST SP 800-63B-4 asks for 15 where it is the only factor."),
        Setting(
            "password.wait", \.password.wait, .duration(.milliseconds(100) ... .seconds(60)),
            "How long a request may wait for its hash; one that would wait longer is refused with 503."),
        Setting(
            "hashing.threads", \.hashing.threads, .integer(0...256, unit: "threads"),
            "How many threads compute hashes; 0 stands for one a core."),
        Setting(
            "hashing.nice", \.hashing.nice, .integer(0...19),
            "How far the hashing process of `gatelodge serve` stands back behind everything else: the nice value of its "
                + "scheduling group. It still hashes at full speed where nobody else wants the processor."),
        Setting(
            "serving.threads", \.serving.threads, .integer(0...256, unit: "threads"),
            "How many threads answer requests; 0 stands for two a core."),
        Setting(
            "request.deadline", \.request.deadline, .duration(.milliseconds(100) ... .seconds(300)),
            "How long a request may take to arrive before its connection is closed."),
        Setting(
            "write.deadline", \.write.deadline, .duration(.milliseconds(100) ... .seconds(300)),
            "How long a reply may wait for its reader before its connection is closed."),
        Setting(
            "shutdown.deadline", \.shutdown.deadline, .duration(.zero ... .seconds(3600)),
            "How long a graceful stop waits for the requests that were accepted."),
        Setting(
            "log.level", \.log.level, .choice,
            "The least important level that is written to standard error."),
    ]

    /// The variable that names the settings file; the only one that is no setting.
    package static let fileVariable = "GATELODGE_SETTINGS"
    /// Read from the working folder when nothing names another file.
    package static let defaultFile = "gatelodge.yaml"
}
