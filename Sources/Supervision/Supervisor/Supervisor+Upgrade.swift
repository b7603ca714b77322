internal import CSystem
internal import FastCGI
internal import Glibc
internal import Logging

/// The supervisor's own upgrade: a newer program takes its place in the same process (execve(2)), with the same sockets and
/// children.
extension Supervisor {
    /// How long the newer program may take to say that it could take over.
    private static let checkMilliseconds = 5000

    /// Takes the program that is at the path by now, once a worker of it serves and nothing is under way.
    func upgradeIfDue() {
        guard !isStopping, next == nil, leaving.isEmpty, !isReloadWanted, statusClients.isEmpty,
            control.clients.isEmpty, let current,
            let newer = current.image, newer != image,
            newer != refusedImage, newer == ProgramImage(path: plan.program)
        else { return }
        refusedImage = newer
        let inheritance = inheritance(current)
        guard let file = inheritance.write() else {
            return logger.error("the supervisor cannot be upgraded: no memory file")
        }
        defer { close(file) }
        guard canTakeOver(file) else {
            return logger.error("the supervisor stays \(plan.version): the newer program would not take its place")
        }
        become(inheritance, file)
        logger.error("the supervisor stays \(plan.version): execve: \(unsafe String(cString: strerror(errno)))")
    }

    private func inheritance(_ worker: WorkerProcess) -> Inheritance {
        var counters = counters
        counters.upgrades += 1
        return Inheritance(
            listening: .init(descriptor: listening.descriptor, name: listening.name),
            control: .init(descriptor: control.socket.descriptor, name: control.socket.name),
            hasher: hasher.flatMap { hasher in
                hasher.inheritance.map {
                    .init(
                        listening: .init(descriptor: hasher.listening.descriptor, name: hasher.listening.name),
                        processID: $0.processID, lifeline: $0.lifeline)
                }
            },
            worker: .init(
                processID: worker.processID, channel: worker.channel.descriptor, generation: worker.generation,
                settings: worker.settings),
            counters: counters, manager: manager)
    }

    /// Asks the newer program, in a process of its own, whether it understands what it would inherit.
    private func canTakeOver(_ file: Int32) -> Bool {
        do throws(ChildProcess.Failure) {
            let process = try ChildProcess.start(
                plan.program, plan.arguments + ["--\(Inheritance.checkOptionName)", "3"],
                environment: ProcessEnvironment.inherited(setting: [:]), input: file, channel: file)
            for _ in 0..<Self.checkMilliseconds {
                if let end = ChildProcess.reap(process) { return end == .status(0) }
                usleep(1000)
            }
            _ = kill(process, SIGKILL)
            waitpid(process, nil, 0)
            return false
        } catch {
            logger.error("\(error)")
            return false
        }
    }

    /// Returns only where that fails. Signals stay blocked all the way: one that comes meanwhile waits for the newer program.
    private func become(_ inheritance: Inheritance, _ file: Int32) {
        plan.flushLog()
        let descriptors = inheritance.descriptors
        for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, 0) }
        var argv =
            unsafe ([plan.program] + plan.arguments + ["--\(Inheritance.optionName)", "\(file)"])
            .map { unsafe strdup($0) } + [nil]
        defer { unsafe argv.forEach { unsafe free($0) } }
        _ = unsafe execve(plan.program, &argv, environ)
        let reason = errno
        for descriptor in descriptors { _ = gatelodge_close_on_exec(descriptor) }
        errno = reason
    }
}
