internal import FastCGI
internal import Glibc
internal import JSON
internal import Logging

/// The life of workers: start, trial, serving, leaving, end.
extension Supervisor {
    /// A worker that has not answered for so long does nothing for anybody.
    private static let silence = Duration.seconds(30)
    /// How long a worker without connections stays in case its successor dies.
    private static let linger = Duration.seconds(3)
    /// More than a socket holds, and an end for one that never stops talking.
    private static let maximumReports = 1000
    /// What a worker is given beyond its own deadline before it is killed.
    private static let grace = Duration.seconds(5)

    /// Starts a worker that will serve when it is ready.
    func startWorker() {
        restartAt = nil
        counters.generation += 1
        do throws(ChildProcess.Failure) {
            next = try WorkerProcess.start(
                plan.program, listening: listening.descriptor,
                environment: ProcessEnvironment.inherited(setting: plan.workerVariables),
                generation: counters.generation, deadline: .now + plan.settings.startDeadline)
        } catch {
            nextHasFailed(error.description, status: 1, lived: .zero)
        }
    }

    // MARK: What workers say

    func hear(_ worker: WorkerProcess) {
        for _ in 0..<Self.maximumReports where !worker.isSilent {
            switch worker.channel.receive() {
            case .packet(let message, let descriptor):
                if let descriptor { close(descriptor) }
                if let report = WorkerReport(message) { heed(report, of: worker) }
            case .nothing: return
            case .closed: worker.isSilent = true
            }
        }
    }

    private func heed(_ report: WorkerReport, of worker: WorkerProcess) {
        switch report {
        case .ready(let settings):
            worker.settings = settings
            worker.readySince = .now
            if worker === next { isReady(worker) }
        case .failed(let reason, let status): worker.failure = (reason, status)
        case .alive:
            worker.unansweredSince = nil
            worker.hasAnswered = true
        case .status(let status): answerStatus(status)
        case .handedOver:
            if case .leaving = worker.phase { worker.phase = .left(until: .now + Self.linger) }
        }
    }

    private func isReady(_ worker: WorkerProcess) {
        guard !isStopping else { return stop(worker) }
        // Where nobody else serves, there is nothing to wait for.
        guard let current, current.hasNewestSocket, plan.settings.trial > .zero else { return promote(worker) }
        worker.phase = .trial(until: .now + plan.settings.trial)
        worker.ask()
    }

    // MARK: Who serves

    /// The next worker serves from here on, and gets the connections of the one before.
    private func promote(_ worker: WorkerProcess) {
        let previous = current
        current = worker
        next = nil
        worker.phase = .serving
        worker.order(.serve(counters.json))
        if let previous { handOver(from: previous, to: worker) }
        serves(worker)
    }

    private func handOver(from previous: WorkerProcess, to worker: WorkerProcess) {
        leaving.append(previous)
        previous.phase = .leaving(deadline: .now + plan.settings.stopDeadline + Self.grace)
        guard let link = PacketPair() else { return stop(previous) }
        worker.order(.adopt(link: link.first))
        previous.order(.handOver(link: link.second))
    }

    /// A worker whose successor died serves again.
    private func resume(_ worker: WorkerProcess) {
        leaving.removeAll { $0 === worker }
        current = worker
        worker.phase = .serving
        worker.order(.serve(counters.json))
        logger.warning("worker \(worker.processID) serves again")
    }

    func stop(_ worker: WorkerProcess) {
        worker.phase = .stopping(deadline: .now + plan.settings.stopDeadline + Self.grace)
        worker.order(.stop)
    }

    // MARK: Time

    func checkDeadline(of worker: WorkerProcess, _ now: Instant) {
        guard let deadline = worker.deadline, deadline <= now else { return }
        switch worker.phase {
        case .starting:
            worker.giveUp("it was not ready within \(plan.settings.startDeadline)")
        case .trial:
            if worker.hasAnswered {
                promote(worker)
            } else if now >= deadline + Self.grace {
                worker.giveUp("it did not answer")
            }
        case .leaving, .left: stop(worker)
        case .stopping:
            logger.error("worker \(worker.processID) does not end and is killed")
            worker.phase = .stopping(deadline: now + Self.grace)
            worker.kill()
        case .serving: break
        }
    }

    func checkPulse(of worker: WorkerProcess, _ now: Instant) {
        switch worker.phase {
        case .serving, .trial: break
        case .starting, .leaving, .left, .stopping: return
        }
        if let since = worker.unansweredSince, now - since > Self.silence {
            logger.error("worker \(worker.processID) does not answer and is killed")
            worker.unansweredSince = now
            worker.kill()
        }
        worker.ask()
    }

    // MARK: The end

    func reap() {
        while let (processID, end) = ChildProcess.reapNext() {
            guard let worker = workers.first(where: { $0.processID == processID }) else {
                hasher?.hasEnded(processID, end)
                continue
            }
            // What it said last came before its end.
            hear(worker)
            hasEnded(worker, end)
        }
        if isStopping, workers.isEmpty { outcome = 0 }
    }

    private func hasEnded(_ worker: WorkerProcess, _ end: ChildProcess.End) {
        leaving.removeAll { $0 === worker }
        let lived = worker.readySince.map { .now - $0 } ?? .zero
        if worker === next {
            next = nil
            if isStopping { return }
            nextHasFailed(
                worker.failure?.reason ?? "the new worker ended: \(end)", status: worker.failure?.status ?? 1,
                lived: lived)
        } else if worker === current {
            current = nil
            if isStopping { return }
            counters.crashes += 1
            logger.error("worker \(worker.processID) ended: \(end)")
            replaceCurrent(lived: lived)
        }
    }

    private func replaceCurrent(lived: Duration) {
        if let next {
            if case .trial = next.phase { promote(next) }
        } else if let previous = leaving.first(where: { $0.canResume && $0.hasNewestSocket }) {
            resume(previous)
        } else {
            restart(lived: lived)
        }
    }

    /// The next worker will not serve.
    private func nextHasFailed(_ reason: String, status: Int32, lived: Duration) {
        next = nil
        doesNotServe(reason)
        guard current == nil else { return }
        guard hasServed else {
            // A first start that cannot succeed: the worker has said why.
            outcome = status
            return
        }
        restart(lived: lived)
    }

    private func restart(lived: Duration) {
        let delay = backoff.next(after: lived)
        if delay == .zero { startWorker() } else { restartAt = .now + delay }
    }
}
