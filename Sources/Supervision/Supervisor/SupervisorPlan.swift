package import FastCGI
package import Logging

/// What a supervisor is to run.
package struct SupervisorPlan {
    /// What each reload reads anew.
    package struct Settings: Sendable, Equatable {
        /// The hasher's; nothing where something else starts it.
        package var hasher: HasherPlan?
        /// How long a new worker is watched before it gets requests.
        package var trial: Duration
        /// How long a new worker may take until it is ready.
        package var startDeadline: Duration
        /// How long a worker may take to answer what it has accepted.
        package var stopDeadline: Duration

        package init(
            hasher: HasherPlan?, trial: Duration, startDeadline: Duration, stopDeadline: Duration
        ) {
            self.hasher = hasher
            self.trial = trial
            self.startDeadline = startDeadline
            self.stopDeadline = stopDeadline
        }
    }

    /// The absolute path that was started, where a newer binary is found after an upgrade.
    package var program: String
    /// This program's version.
    package var version: String
    /// What this process was started with.
    package var arguments: [String]
    /// What workers find in their environment beside what is in ours.
    package var workerVariables: [String: String]
    /// The instance's socket.
    package var listening: Listening
    /// Where commands ask.
    package var controlPath: String
    /// The settings of now.
    package var settings: Settings
    /// The names of the settings that a reload cannot change, with the marks of their values.
    package var fixedMarks: [String: String]
    /// Reads the settings anew, or says what is wrong with them.
    package var reread: () -> Result<Settings, Refusal>
    /// Where it says what an operator should know.
    package var logger: Logger
    /// Opens the log's file anew.
    package var reopenLog: () -> Void
    /// Waits, for a moment at most, until the log is written.
    package var flushLog: () -> Void

    /// Why a reload comes to nothing.
    package struct Refusal: Error, Sendable {
        package let reason: String

        package init(reason: String) { self.reason = reason }
    }

    package init(
        program: String, version: String, arguments: [String], workerVariables: [String: String],
        listening: Listening, controlPath: String, settings: Settings, fixedMarks: [String: String],
        reread: @escaping () -> Result<Settings, Refusal>, logger: Logger,
        reopenLog: @escaping () -> Void, flushLog: @escaping () -> Void
    ) {
        self.program = program
        self.version = version
        self.arguments = arguments
        self.workerVariables = workerVariables
        self.listening = listening
        self.controlPath = controlPath
        self.settings = settings
        self.fixedMarks = fixedMarks
        self.reread = reread
        self.logger = logger
        self.reopenLog = reopenLog
        self.flushLog = flushLog
    }
}
