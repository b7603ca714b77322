import Authentication
import Bcrypt
import Foundation
import JWT
import Logging
import Storage
import Threading

/// An authenticator on a fresh database, with cheap hashes that are counted and a clock that is set.
final class Harness: Sendable {
    static let password = "vicky@12345"

    let folder: TemporaryFolder
    let store: Store
    let engine = RecordingEngine()
    let clock: SettableClock
    let authenticator: Authenticator

    convenience init(_ change: (inout AuthenticationSettings) -> Void = { _ in }) throws {
        try self.init(in: TemporaryFolder(), change)
    }

    /// - Parameter clock: shared by those that play the processes of one machine.
    init(
        in folder: TemporaryFolder, clock: SettableClock = SettableClock(), logger: Logger = silent,
        _ change: (inout AuthenticationSettings) -> Void = { _ in }
    ) throws {
        self.folder = folder
        self.clock = clock
        store = try Store(path: folder.database, logger: logger)
        var settings = AuthenticationSettings()
        settings.bcryptCost = 4
        settings.allowsInsecureBcryptCost = true
        change(&settings)
        authenticator = try Authenticator(
            store: store, hasher: BcryptHasher(engine: engine), settings: settings, logger: logger,
            clock: { [clock] in clock.now })
    }

    /// Another process on the same database.
    func sibling(_ change: (inout AuthenticationSettings) -> Void = { _ in }) throws -> Harness {
        try Harness(in: folder, clock: clock, change)
    }

    /// An account, and a login of it.
    func logIn(
        _ name: String = "vicky", asCookie: Bool = false, from client: Client = .test
    ) async throws(AuthError) -> LoggedIn {
        do throws(AuthError) {
            _ = try await authenticator.register(username: name, password: Self.password)
        } catch {
            if error != .usernameTaken { throw error }
        }
        return try await authenticator.logIn(
            username: name, password: Self.password, asCookie: asCookie, from: client)
    }

    /// What refuses the access token of a login; `nil` where it is accepted.
    func refusal(of login: LoggedIn) -> AuthError? { refusal(of: login.token) }

    func refusal(of token: String) -> AuthError? {
        do throws(AuthError) {
            _ = try identity(of: token)
            return nil
        } catch {
            return error
        }
    }

    func identity(cookie: String?) throws(AuthError) -> Identity {
        try authenticator.authenticate(cookie: Array((cookie ?? "").utf8).span)
    }

    func refresh(_ login: LoggedIn) async throws(AuthError) -> LoggedIn {
        try await authenticator.refresh(login.refreshToken ?? "", from: .test)
    }

    func identity(of token: String?) throws(AuthError) -> Identity {
        try authenticator.authenticate(Array((token ?? "").utf8).span)
    }
}

extension Authenticator {
    func register(username: String, password: String) async throws(AuthError) -> User {
        try await register(username: username, password: password, from: .test)
    }

    func logIn(username: String, password: String) async throws(AuthError) -> LoggedIn {
        try await logIn(username: username, password: password, from: .test)
    }
}

extension LoggedIn {
    /// The access token; empty for a cookie session.
    var token: String { accessToken ?? "" }
}

extension Client {
    static let test = Client(address: "192.0.2.7", userAgent: "test", requestID: "r1")
}

/// What time the authenticator believes it is.
final class SettableClock: Sendable {
    private let time = Locked(UnixTime(1_800_000_000))

    var now: UnixTime { time.withLock { $0 } }

    func advance(by duration: Duration) {
        time.withLock { $0 = $0 + duration }
    }
}

let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A folder of a test's own, removed with its last owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "gatelodge-authentication-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        // A folder left behind in /tmp is no reason to fail a test.
        try? FileManager.default.removeItem(atPath: path)
    }

    var database: String { "\(path)/gatelodge.sqlite" }
}
