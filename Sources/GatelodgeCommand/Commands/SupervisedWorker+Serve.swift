internal import Authentication
internal import FastCGI
internal import Gatelodge
internal import Glibc
internal import JSON
internal import Supervision

/// Serves as a worker of `gatelodge serve`, which gave it the socket and a channel.
func serveSupervised() {
    guard let worker = SupervisedWorker() else { fail("`gatelodge serve` starts this by itself") }
    do throws(SettingsError) {
        try worker.serve(Settings.load())
    } catch {
        worker.end(error.description, status: 78)
    }
}

extension SupervisedWorker {
    /// Says why there is no serving, to the operator and to the supervisor, and ends the process.
    fileprivate func end(_ reason: String, status: Int32) -> Never {
        complain(reason)
        fail(reason, status: status)
        exit(status)
    }

    fileprivate func serve(_ settings: Settings) {
        do throws(StartError) {
            let path = settings.hashing.socket ?? Supervisor.hasherPath(settings.controlPath)
            let application = try Application.ofCommand(
                settings, hashing: .process(connect: { HasherSocket.connect(path) }))
            var marks: [String: String] = [:]
            for setting in Settings.table { marks[setting.name] = setting.mark(in: settings) }
            try application.serve(.inherited()) { [marks] steering, stop throws(FastCGIError) in
                try begin(
                    settings: marks, steering: steering, stop: stop,
                    actions: Actions(
                        status: { application.statusReport().json },
                        learn: { application.metrics.take(SupervisionFacts($0)) }, reopenLog: InstanceLog.reopen))
            }
        } catch {
            end(error.description, status: 1)
        }
    }
}

extension SupervisionFacts {
    fileprivate init(_ facts: JSONObject) {
        func value(_ name: String) -> Int { facts[name]?.integerValue.map(Int.init) ?? 0 }
        self.init(
            generation: value("generation"), reloads: value("reloads"), failedReloads: value("failed_reloads"),
            restarts: value("crashes"))
    }
}
