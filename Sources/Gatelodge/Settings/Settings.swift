public import Cryptography
internal import Foundation
public import JWT
public import Logging

/// What an operator decides about one instance: file, then environment, then these defaults.
///
/// The initial values below are the defaults that `table` documents. A setting is added by one property here and one row there.
public struct Settings: Sendable {
    /// Where nginx finds the instance.
    public var socket = Socket()
    /// Where commands find the running instance.
    public var control = Control()
    /// What a reload waits for.
    public var reload = Reload()
    /// What the web server must show.
    public var fastcgi = FastCGI()
    /// Which other sites' pages may ask.
    public var cors = CrossOrigin()
    /// Where accounts and keys are kept.
    public var database = Database()
    /// Whether strangers may register.
    public var registration = Registration.open
    /// What the paths of the endpoints begin with; begins and ends with a slash.
    public var prefix = "/api/"
    /// How tokens are signed and what they say.
    public var jwt = Tokens()
    /// How the keys that sign tokens are kept and changed.
    public var keys = Keys()
    /// How long sessions last.
    public var session = Sessions()
    /// How often passwords may be guessed and accounts made.
    public var throttle = Throttle()
    /// What is kept of the audit.
    public var audit = Audit()
    /// What a password must be and how it is hashed.
    public var password = Passwords()
    /// Who computes the hashes.
    public var hashing = Hashing()
    /// Who answers the requests.
    public var serving = Threads(perCore: 2)
    /// How long a request may take to arrive.
    public var request = Deadline(deadline: .seconds(5))
    /// How long nginx may take to read a reply.
    public var write = Deadline(deadline: .seconds(5))
    /// How long a graceful stop waits for accepted requests.
    public var shutdown = Deadline(deadline: .seconds(30))
    /// What is written to the log, and where.
    public var log = Log()

    /// The defaults.
    public init() {}
}

extension Settings {
    /// Who may call the registration endpoint.
    public enum Registration: String, Sendable, CaseIterable {
        /// Everyone.
        case open
        /// Whoever has a code that the operator gave.
        case invite
        /// Nobody: accounts are made by the operator.
        case closed
    }

    /// The listening socket.
    public struct Socket: Sendable {
        /// At most 107 bytes, which is what `sockaddr_un` holds beside its NUL.
        public var path = "var/gatelodge.sock"
        /// The permission bits.
        public var mode: UInt32 = 0o660
        /// The name or number of the group that owns the socket; ours when absent.
        public var group: String?
    }

    /// The socket that `gatelodge reload`, `status` and `stop` ask.
    public struct Control: Sendable {
        /// At most 107 bytes; beside the socket when absent.
        public var path: String?
    }

    /// The path that is meant.
    package var controlPath: String { control.path ?? socket.path + ".control" }

    /// The change from one worker process to the next.
    public struct Reload: Sendable {
        /// How long a new worker is watched before it gets requests.
        public var trial = Duration.seconds(3)
        /// How long a new worker may take to be ready.
        public var deadline = Duration.seconds(30)
    }

    /// Between the web server and us.
    public struct FastCGI: Sendable {
        /// At least 16 bytes, which every request must carry as the parameter `AUTH_KEY`; none is asked for when absent.
        public var key: SecretBytes?
    }

    /// Requests that pages of other origins make.
    public struct CrossOrigin: Sendable {
        /// The origins whose pages may.
        public var origins: [WebOrigin] = []
    }

    /// The database file.
    public struct Database: Sendable {
        /// The file beside which SQLite keeps its log.
        public var path = "var/gatelodge.db"
        /// How many writes may share one commit.
        public var batch = 256
    }

    /// The tokens of this instance.
    public struct Tokens: Sendable {
        /// At least 32 bytes; signs with HS256, or only verifies where ``algorithm`` is another.
        public var secret: SecretBytes?
        /// What new tokens are signed with; when absent HS256 where there is a secret, else what keys there are, else ES256.
        public var algorithm: SignatureAlgorithm?
        /// `iss` (RFC 7519 §4.1.1); the instance's URN when absent.
        public var issuer: String?
        /// `aud` (RFC 7519 §4.1.3); the issuer when absent.
        public var audience: String?
        /// How long an access token is valid; whole seconds.
        public var lifetime = Duration.seconds(3600)
    }

    /// The keys that sign tokens.
    public struct Keys: Sendable {
        /// What seals them in the database; a file beside it when absent.
        public var masterFile: String?
        /// How long a new key is published before it signs; whole seconds.
        public var lead = Duration.seconds(600)
        /// After how long another key follows; never when absent.
        public var rotateEvery: Duration?
    }

    /// What a login begins.
    public struct Sessions: Sendable {
        /// How long one lasts without being used; whole seconds.
        public var idle = Duration.seconds(30 * 86_400)
        /// How long one lasts at all; whole seconds.
        public var absolute = Duration.seconds(90 * 86_400)
        /// How long an exchanged refresh token gets the same answer again; whole seconds.
        public var refreshGrace = Duration.seconds(30)
        /// Where an account has more, the oldest ends.
        public var perAccount = 100
    }

    /// How often passwords may be guessed and accounts made.
    public struct Throttle: Sendable {
        /// Whether anything is counted.
        public var enabled = true
        /// Failures of one account from one address before it waits.
        public var accountAddress = 10
        /// Failures of one account from any address before strangers wait.
        public var account = 100
        /// Failures of one address within an hour.
        public var address = 200
        /// Registrations of one address within an hour.
        public var registrations = 100
        /// The first wait, which doubles with each failure; whole seconds.
        public var firstWait = Duration.seconds(30)
        /// The longest wait; whole seconds.
        public var longestWait = Duration.seconds(3_600)
        /// How long failures are remembered; whole seconds.
        public var memory = Duration.seconds(30 * 86_400)
    }

    /// What is written down about everyone's doings.
    public struct Audit: Sendable {
        /// How long; whole seconds.
        public var retention = Duration.seconds(90 * 86_400)
    }

    /// The rules for passwords.
    public struct Passwords: Sendable {
        /// bcrypt's cost, the base-two logarithm of its rounds.
        public var cost = 10
        /// Whether a ``cost`` below 10 is allowed, which is for tests alone.
        public var insecureCost = false
        /// In code points.
        public var minimumLength = 8
        /// Whether words are refused that Debian packages list.
        public var dictionaries = true
        /// A sorted file of passwords, or of their digests, that nobody may have; none when absent.
        public var list: String?
        /// How long a request waits for its hash before it is told to come back later.
        public var wait = Duration.seconds(10)
    }

    /// A number of threads that follows the machine unless it is set.
    public struct Threads: Sendable {
        /// Zero means ``perCore`` for each core that this process may use.
        public var threads = 0
        /// The factor that stands behind a zero.
        public let perCore: Int

        /// The number that is meant.
        public var count: Int {
            threads > 0 ? threads : perCore * ProcessInfo.processInfo.activeProcessorCount
        }

        init(perCore: Int) { self.perCore = perCore }
    }

    /// The process, or the threads, that compute hashes.
    public struct Hashing: Sendable {
        /// Zero stands for one for each core.
        public var threads = 0
        /// Of the hashing process's scheduling group, 0 to 19.
        public var nice = 10
        /// Where a hasher that something else started listens; `gatelodge serve` starts one of its own when absent.
        public var socket: String?

        /// The number of threads that is meant.
        public var count: Int {
            var all = Threads(perCore: 1)
            all.threads = threads
            return all.count
        }
    }

    /// A time after which something is given up.
    public struct Deadline: Sendable {
        /// Counted on a clock that no change of the time of day moves.
        public var deadline: Duration

        init(deadline: Duration) { self.deadline = deadline }
    }

    /// The log.
    public struct Log: Sendable {
        /// The form of its lines.
        public enum Format: String, Sendable, CaseIterable {
            /// ``text`` on a terminal, ``json`` elsewhere.
            case auto
            /// One JSON object a line, for programs.
            case json
            /// Words, for people.
            case text
        }

        /// Which requests have a line.
        public enum Requests: String, Sendable, CaseIterable {
            /// All of them; those that were slow at a higher level.
            case all
            /// Those that took as long as ``Log/slow``.
            case slow
            /// None.
            case none
        }

        /// The least important level that is written.
        public var level = Logger.Level.info
        /// What its lines look like.
        public var format = Format.auto
        /// Where it is written; standard error when absent.
        public var file: String?
        /// Which requests are written down.
        public var requests = Requests.slow
        /// From when on a request is slow.
        public var slow = Duration.milliseconds(500)
    }
}
