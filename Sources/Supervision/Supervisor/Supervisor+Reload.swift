internal import FastCGI
internal import JSON
internal import Logging

/// From one worker to the next.
extension Supervisor {
    /// Begins a reload, or notes that another one is wanted: whatever was asked for while one is under way is done by one
    /// more, which reads the settings of then.
    func reload(for client: ControlClient?) {
        if let client { nextReloadClients.append(client) }
        isReloadWanted = true
    }

    /// To be called as long as a reload is wanted.
    func beginWantedReload() {
        guard !isStopping, next == nil, !leaving.contains(where: { $0.isLeaving }) else { return }
        isReloadWanted = false
        isReloading = true
        reloadClients = nextReloadClients
        nextReloadClients = []
        switch plan.reread() {
        case .failure(let refusal): return doesNotServe(refusal.reason)
        case .success(let settings): newSettings = settings
        }
        // They stay for a successor that has stood the test by now.
        for worker in leaving where worker.canResume { stop(worker) }
        manager.tell("RELOADING=1")
        startWorker()
    }

    /// A worker serves that did not before, for a reload or in place of one that ended.
    func serves(_ worker: WorkerProcess) {
        if !hasServed || isReloading { manager.tell("READY=1") }
        hasServed = true
        logger.notice(
            "ready", metadata: ["socket": "\(plan.listening.name)", "worker": "\(worker.processID)"])
        let changes = changes(from: lastMarks, to: worker.settings)
        lastMarks = worker.settings
        guard isReloading else { return }
        isReloading = false
        counters.reloads += 1
        if let newSettings { apply(newSettings) }
        newSettings = nil
        lastReload = ["result": "reloaded", "changed": .array(changes)]
        for client in reloadClients {
            client.answer([
                "result": "reloaded", "worker": .integer(Int64(worker.processID)),
                "generation": .integer(Int64(worker.generation)), "changed": .array(changes),
            ])
        }
        reloadClients = []
    }

    /// The new worker will not serve.
    func doesNotServe(_ reason: String) {
        if hasServed { logger.error("the new worker does not serve: \(reason)") }
        if isReloading { reloadHasFailed(reason) }
    }

    private func reloadHasFailed(_ reason: String) {
        isReloading = false
        newSettings = nil
        counters.failedReloads += 1
        manager.tell("READY=1")
        lastReload = ["result": "failed", "reason": .string(reason)]
        for client in reloadClients { client.answer(["error": .string(reason)]) }
        reloadClients = []
    }

    private func apply(_ settings: SupervisorPlan.Settings) {
        plan.settings = settings
        if let hasher, let wanted = settings.hasher, wanted != hasher.plan { hasher.replace(by: wanted) }
    }

    /// Every setting that differs, and whether it is in force.
    private func changes(from old: [String: String], to new: [String: String]) -> [JSONValue] {
        var changes: [JSONValue] = []
        for name in new.keys.sorted() {
            if let fixed = plan.fixedMarks[name] {
                if new[name] != fixed { changes.append(["setting": .string(name), "applied": false]) }
            } else if let before = old[name], before != new[name] {
                changes.append(["setting": .string(name), "applied": true])
            }
        }
        return changes
    }

    // MARK: Stopping

    func stop(by client: ControlClient?) {
        if let client { stopClients.append(client) }
        guard !isStopping else {
            // Asked twice by signal: whoever asks does not want to wait.
            if client == nil { for worker in workers { worker.kill() } }
            return
        }
        isStopping = true
        manager.tell("STOPPING=1")
        for client in reloadClients + nextReloadClients { client.answer(["error": "the instance is stopping"]) }
        reloadClients = []
        nextReloadClients = []
        isReloadWanted = false
        // Nobody is to connect who will not be served.
        listening.removeName()
        // Where nobody has served yet, those who wait at the socket are the next one's to answer.
        if current != nil { next?.kill() }
        for worker in leaving + [current].compactMap(\.self) { stop(worker) }
    }
}
