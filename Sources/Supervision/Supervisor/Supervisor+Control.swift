internal import FastCGI
internal import Glibc
internal import JSON

/// What commands ask.
extension Supervisor {
    func heedClients() {
        for (client, question) in control.receive() {
            switch ControlQuestion(rawValue: question) {
            case .reload where isStopping: client.answer(["error": "the instance is stopping"])
            case .reload: reload(for: client)
            case .stop: stop(by: client)
            case .status: beginStatus(for: client)
            case nil: client.answer(["error": "there is no such command"])
            }
        }
    }

    /// The worker adds its own, if it can.
    private func beginStatus(for client: ControlClient) {
        guard let current, !current.isSilent else { return client.answer(status(worker: .null)) }
        statusClients.append(client)
        current.order(.status)
    }

    func answerStatus(_ worker: JSONValue) {
        for client in statusClients { client.answer(status(worker: worker)) }
        statusClients = []
    }

    /// Answers those whose worker says nothing.
    func answerOverdueStatus(_ now: Instant) {
        guard statusClients.contains(where: { now - $0.since > .seconds(1) }) else { return }
        answerStatus(.null)
    }

    private func status(worker figures: JSONValue) -> JSONObject {
        var status: JSONObject = [
            "pid": .integer(Int64(getpid())), "version": .string(plan.version), "uptime_seconds": seconds(uptime),
            "state": .string(state), "socket": socketStatus,
        ]
        if let current { status["worker"] = workerStatus(current, figures) }
        if let next { status["next_worker"] = workerStatus(next, .null) }
        if let processID = hasher?.processID { status["hasher"] = ["pid": .integer(Int64(processID))] }
        for member in counters.json.members { status[member.name] = member.value }
        if let lastReload { status["last_reload"] = .object(lastReload) }
        return status
    }

    private var state: String {
        if isStopping { return "stopping" }
        if current == nil { return "waiting for a worker" }
        return next == nil ? "serving" : "reloading"
    }

    private var socketStatus: JSONValue {
        var socket: JSONObject = ["path": .string(plan.listening.name)]
        if let name = listening.name { socket["inode"] = .integer(Int64(bitPattern: name.inode)) }
        return .object(socket)
    }

    private func workerStatus(_ worker: WorkerProcess, _ figures: JSONValue) -> JSONValue {
        var status: JSONObject = [
            "pid": .integer(Int64(worker.processID)), "generation": .integer(Int64(worker.generation)),
        ]
        if let since = worker.readySince { status["uptime_seconds"] = seconds(.now - since) }
        if case .object = figures { status["figures"] = figures }
        return .object(status)
    }

    private func seconds(_ duration: Duration) -> JSONValue { .integer(duration.components.seconds) }
}
