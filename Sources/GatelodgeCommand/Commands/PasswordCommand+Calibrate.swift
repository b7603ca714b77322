internal import ArgumentParser
internal import Bcrypt
internal import Gatelodge

extension PasswordCommand {
    /// `gatelodge password calibrate`: what this machine bears.
    struct Calibrate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure this machine and name the cost that fits.",
            discussion: """
                Prints the hashes per second of one core by lanes (passwords that it computes side by side), and for \
                each cost from 10 to 16 how long a login takes on an idle machine and how many logins a second all \
                hashing threads do together. Nothing is changed: the cost is the setting `password.cost`.
                """)

        @Option(help: "How long a login may take on an idle machine, as in 250ms or 1s.")
        var target = WrittenDuration(.milliseconds(250))

        @Option(help: "How long to measure, 1 to 60 seconds.")
        var seconds = 3

        @Flag(help: "Print the figures as JSON.")
        var json = false

        func validate() throws {
            guard target.duration > .zero, target.duration <= .seconds(60) else {
                throw ValidationError("--target is a time from 1ms to 60s")
            }
            guard (1...60).contains(seconds) else { throw ValidationError("--seconds is a number from 1 to 60") }
        }

        func run() throws {
            #if DEBUG
                complain("this is a debug build, which hashes far more slowly than a release build")
            #endif
            // As many threads as a server without a setting of its own.
            let calibration = Calibration.measure(threads: Settings().hashing.count, for: .seconds(seconds))
            let report = CalibrationReport(calibration, target: target.duration)
            print(json ? try report.json() : report.table)
        }
    }
}

extension WrittenDuration: ExpressibleByArgument {
    /// As the settings file writes it.
    public init?(argument: String) { self.init(argument) }

    /// The default, in the help.
    public var defaultValueDescription: String { description }
}
