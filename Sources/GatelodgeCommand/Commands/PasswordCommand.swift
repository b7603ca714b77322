internal import ArgumentParser
internal import Bcrypt
internal import Cryptography

/// `gatelodge password`: hashes outside any database.
struct PasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Hash a password, check one against a hash, choose a cost.",
        subcommands: [Hash.self, Verify.self, Calibrate.self])

    struct Hash: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the hash of a password.",
            discussion: "The password is asked for, or read from standard input without one newline at its end.")

        @Option(help: "bcrypt's cost, 10 to 16; each step doubles the work.")
        var cost = 10

        func run() throws {
            let cost: BcryptCost
            do throws(BcryptError) { cost = try BcryptCost(self.cost) } catch {
                throw failure("the cost is a number from 10 to 16", status: 2)
            }
            let password = try PasswordInput.read(isNew: true)
            let hash = try password.withSpan { password in
                do throws(BcryptError) { return try Bcrypt.hash(password, cost: cost) } catch {
                    throw failure("this password cannot be hashed", status: 2)
                }
            }
            print(hash)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a password against a hash.",
            discussion: """
                The password is asked for, or read from standard input without one newline at its end. The exit \
                status is 0 for the right password, 1 for a wrong one, 2 for an unusable hash or input.
                """)

        @Argument(help: "The hash, in single quotes.")
        var hash: String

        func run() throws {
            let isRight: Bool
            do {
                let hash = try BcryptHash(parsing: hash)
                let password = try PasswordInput.read(isNew: false)
                isRight = try password.withSpan { try Bcrypt.verify($0, against: hash) }
            } catch let error as BcryptError {
                throw failure(Self.reason(error), status: 2)
            }
            if !isRight { throw failure("this is not the password") }
        }

        private static func reason(_ error: BcryptError) -> String {
            switch error {
            case .malformedHash: "this is no bcrypt hash"
            case .unsupportedScheme: "hashes of the scheme $2x$ are refused: they come from a faulty bcrypt"
            case .costOutOfRange(let cost): "a cost of \(cost) does not exist"
            case .costAboveLimit(let cost, let limit): "the cost \(cost) is above the limit of \(limit)"
            case .passwordTooLong: "a password is at most \(Bcrypt.maximumPasswordBytes) bytes"
            case .overloaded, .cancelled, .stopped: "the hash could not be computed"
            }
        }
    }
}
