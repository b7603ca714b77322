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
        Setting(
            "control.path", \.control.path, .optional(.socketPath), absent: "the socket's path with `.control`",
            "Where `gatelodge serve` makes the socket that `gatelodge reload`, `status` and `stop` ask. Nobody else than its "
                + "owner may open it."),
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
            "database.batch", \.database.batch, .integer(1...1024, unit: "writes"),
            "How many writes that wait at the same time may share one commit. 1 makes every login and refresh wait for "
                + "the disk on its own."),
        Setting(
            "registration", \.registration, .choice,
            "Who may register: everyone, whoever has a code of `gatelodge user invite`, or nobody, so that accounts are "
                + "made by command."),
        Setting(
            "prefix", \.prefix, .prefix,
            "What the endpoints' paths begin with: `/auth/` suits a site whose own application has `/api/`. "
                + "nginx must forward the same prefix."),
        Setting(
            "jwt.algorithm", \.jwt.algorithm, .optional(.choice),
            absent: "HS256 with a secret; else that of the newest key; else ES256",
            "What signs new tokens. Tokens of other keys that are still there go on being accepted: to leave a secret "
                + "behind, set `ES256` here and remove the secret once the last token that it signed has expired."),
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
            "keys.master_file", \.keys.masterFile, .optional(.path), absent: "the database's path with `.key`",
            "The file of the key that seals private keys in the database and from which refresh tokens are made. It is made at "
                + "the first start. Keep it with every backup, and not in the same place."),
        Setting(
            "keys.lead", \.keys.lead, .duration(.seconds(1) ... .seconds(7 * 86_400), wholeSeconds: true),
            "How long a new key is published before it signs. Longer than verifiers keep the key set, which may be five minutes."
        ),
        Setting(
            "keys.rotate_every", \.keys.rotateEvery,
            .optional(.duration(.seconds(2) ... .seconds(3650 * 86_400), wholeSeconds: true)), absent: "never",
            "How long a key signs before another follows it. `gatelodge key rotate` does so at any time."),
        Setting(
            "session.idle", \.session.idle, .duration(.seconds(1) ... .seconds(3650 * 86_400), wholeSeconds: true),
            "How long a session lasts while nobody uses it."),
        Setting(
            "session.absolute", \.session.absolute,
            .duration(.seconds(1) ... .seconds(3650 * 86_400), wholeSeconds: true),
            "How long a session lasts at all."),
        Setting(
            "session.refresh_grace", \.session.refreshGrace, .duration(.zero ... .seconds(3600), wholeSeconds: true),
            "How long a refresh token that was exchanged gets the same answer again, for clients that ask twice at once or "
                + "did not hear the answer. Whoever shows one later ends the session."),
        Setting(
            "session.per_account", \.session.perAccount, .integer(1...10_000, unit: "sessions"),
            "How many sessions an account may have. Where there would be more, the oldest ends."),
        Setting(
            "throttle.enabled", \.throttle.enabled, .boolean,
            "Whether wrong passwords and registrations are counted, and too many of them answered with 429."),
        Setting(
            "throttle.account_address", \.throttle.accountAddress, .integer(1...100, unit: "failures"),
            "How many wrong passwords in a row an account may get from one address before each next one has to wait. An IPv6 "
                + "address stands for its /64."),
        Setting(
            "throttle.account", \.throttle.account, .integer(1...100, unit: "failures"),
            "How many wrong passwords in a row an account may get from all addresses before `throttle.longest_wait` lies "
                + "between any two. Addresses that it logged in from within 30 days are not held up by it."),
        Setting(
            "throttle.address", \.throttle.address, .integer(1...3600, unit: "failures an hour"),
            "How many wrong passwords may come from one address, whatever the account."),
        Setting(
            "throttle.registrations", \.throttle.registrations, .integer(1...3600, unit: "registrations an hour"),
            "How many registrations may come from one address, those of taken names included."),
        Setting(
            "throttle.first_wait", \.throttle.firstWait,
            .duration(.seconds(1) ... .seconds(86_400), wholeSeconds: true),
            "How long an account has to wait at an address when `throttle.account_address` is reached; each further wrong "
                + "password doubles it."),
        Setting(
            "throttle.longest_wait", \.throttle.longestWait,
            .duration(.seconds(1) ... .seconds(86_400), wholeSeconds: true),
            "The longest wait; not shorter than the first."),
        Setting(
            "throttle.memory", \.throttle.memory, .duration(.seconds(2) ... .seconds(30 * 86_400), wholeSeconds: true),
            "How long wrong passwords are remembered after the last one; longer than `throttle.longest_wait`."),
        Setting(
            "audit.retention", \.audit.retention,
            .duration(.seconds(1) ... .seconds(3650 * 86_400), wholeSeconds: true),
            "How long it is kept on record who logged in, from where, and what was changed."),
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
            "password.dictionaries", \.password.dictionaries, .boolean,
            "Whether single words are refused that the Debian packages `cracklib-runtime` and `python3-zxcvbn` list, where they "
                + "are installed."),
        Setting(
            "password.list", \.password.list, .optional(.path), absent: "none",
            "A file of passwords that nobody may have, one a line, or of their SHA-1 or SHA-256 digests, sorted as "
                + "`LC_ALL=C sort` does. It stays where it is and may have any size. A reload takes a new one."),
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
            "hashing.socket", \.hashing.socket, .optional(.socketPath),
            absent: "none: `gatelodge serve` starts a hasher",
            "The socket of a `gatelodge hasher` that something else starts, such as a systemd unit with a share of the "
                + "processor of its own."),
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
            "reload.trial", \.reload.trial, .duration(.zero ... .seconds(3600)),
            "How long a reload watches the new worker process before it gets requests. One that dies or hangs in that time "
                + "never had any, and the old one goes on."),
        Setting(
            "reload.deadline", \.reload.deadline, .duration(.seconds(1) ... .seconds(3600)),
            "How long a new worker process may take until it is ready, migrations of the database included."),
        Setting(
            "log.level", \.log.level, .choice,
            "The least important level that is written to the log."),
        Setting(
            "log.format", \.log.format, .choice,
            "What the log's lines look like: `json`, one object a line; `text` for people; `auto` is `text` on a terminal and "
                + "`json` elsewhere."),
        Setting(
            "log.file", \.log.file, .optional(.path), absent: "standard error, which is the journal under systemd",
            "The file that the log is appended to. SIGUSR1 makes the process open it again after it was renamed."),
        Setting(
            "log.requests", \.log.requests, .choice,
            "Which requests get a line in the log: `all`, only those that were `slow`, or `none`."),
        Setting(
            "log.slow", \.log.slow, .duration(.milliseconds(1) ... .seconds(3600)),
            "How long a request must take to be slow; its line is a warning."),
    ]

    /// The variable that names the settings file; the only one that is no setting.
    package static let fileVariable = "GATELODGE_SETTINGS"
    /// Read from the working folder when nothing names another file.
    package static let defaultFile = "gatelodge.yaml"
}
