internal import FoundationEssentials
internal import Gatelodge
internal import Storage

/// Gathers the facts of this machine and asks every examiner.
struct Doctor {
    let settings: Settings

    /// Where the settings were read; `nil` where there is no file.
    let settingsFile: String?
    let nginxFiles: [String]

    private var findings: [Finding] = []
    private var skipped: [String] = []

    init(settings: Settings, settingsFile: String?, nginxFiles: [String]) {
        self.settings = settings
        self.settingsFile = settingsFile
        self.nginxFiles = nginxFiles
    }

    mutating func examine() -> DoctorReport {
        let nginx = examineNginx()
        examineFiles()
        examineSocket(nginx)
        examineDatabase()
        findings += HostExaminer.examine(
            HostExaminer.Facts(
                somaxconn: SystemFacts.number("/proc/sys/net/core/somaxconn"),
                descriptorLimit: SystemFacts.descriptorLimit,
                hasAutogroups: SystemFacts.number("/proc/sys/kernel/sched_autogroup_enabled").map { $0 != 0 },
                sharesControlGroup: RunningInstance(socketPath: settings.socket.path)?.sharesControlGroup))
        return DoctorReport(findings: findings, skipped: skipped)
    }

    private mutating func examineNginx() -> NginxConfiguration? {
        do throws(NginxFault) {
            guard let nginx = nginxFiles.isEmpty ? try NginxSource.ask() : try NginxSource.read(nginxFiles) else {
                skipped.append("nginx, which is not here or does not print its configuration to this user; see --nginx")
                return nil
            }
            findings += NginxExaminer.examine(nginx, expecting: NginxExpectations(settings))
            return nginx
        } catch {
            findings.append(.unreadable(error))
            return nil
        }
    }

    private mutating func examineFiles() {
        findings += FileExaminer.examine(
            FileExaminer.Facts(
                settingsFile: settingsFile.map(SystemFacts.file),
                socketFolder: SystemFacts.folder(of: settings.socket.path),
                databaseFolder: SystemFacts.folder(of: settings.database.path),
                database: SystemFacts.file(settings.database.path), masterKey: SystemFacts.file(settings.masterKeyPath))
        )
    }

    private mutating func examineSocket(_ nginx: NginxConfiguration?) {
        let worker = nginx?.workerUser.flatMap { SystemFacts.user($0.name, group: $0.group) }
        let pools = SystemFacts.paths(matching: "/etc/php/*/fpm/pool.d/*.conf").flatMap { path -> [PHPPool] in
            guard let text = SystemFacts.text(path, maximumBytes: 1 << 20) else {
                skipped.append("\(path), which cannot be read")
                return []
            }
            return PHPPoolFile(reading: text).pools.compactMap { pool in
                pool.user.flatMap { SystemFacts.user($0, group: pool.group) }.map {
                    PHPPool(name: pool.name, user: $0, place: path)
                }
            }
        }
        findings += SocketExaminer.examine(
            SocketExaminer.Facts(
                socket: SystemFacts.file(settings.socket.path),
                isServed: SocketHold.isHeld(of: settings.socket.path) ?? true, hasKey: settings.fastcgi.key != nil,
                nginx: worker, pools: pools))
    }

    private mutating func examineDatabase() {
        let path = settings.database.path
        let now = Int64(Date().timeIntervalSince1970)
        let folder = SystemFacts.folder(of: path).path
        var facts = DatabaseExaminer.Facts(path: path, freeBytes: SystemFacts.freeBytes(holding: folder))
        if case .network(let name) = FileSystem(holding: folder) { facts.networkName = name }
        // Where there is none yet, a start makes one.
        guard SystemFacts.file(path).kind != .missing else {
            facts.journalMode = ""
            findings += DatabaseExaminer.examine(facts) + ClockExaminer.examine(unixSeconds: now)
            return
        }
        var newest: Int64?
        do throws(StorageError) {
            let report = try DatabaseCare.check(path, isQuick: true)
            facts.damage = report.damage
            facts.journalMode = report.journalMode
            facts.bytes = report.bytes
            facts.logBytes = report.logBytes
            newest = report.newestUnixSeconds
        } catch {
            facts.refusal = error.description
        }
        findings += DatabaseExaminer.examine(facts) + ClockExaminer.examine(unixSeconds: now, lastRecorded: newest)
    }
}
