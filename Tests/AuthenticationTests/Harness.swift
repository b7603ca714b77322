import Authentication
import Bcrypt
import Foundation
import JWT
import Logging
import Storage
import Synchronization

/// An authenticator on a fresh database, with cheap hashes that are counted and a clock that is set.
final class Harness: Sendable {
    let folder: TemporaryFolder
    let store: Store
    let engine = RecordingEngine()
    let clock = SettableClock()
    let authenticator: Authenticator

    convenience init(_ change: (inout AuthenticationSettings) -> Void = { _ in }) throws {
        try self.init(in: TemporaryFolder(), change)
    }

    init(in folder: TemporaryFolder, _ change: (inout AuthenticationSettings) -> Void = { _ in }) throws {
        self.folder = folder
        store = try Store(path: folder.database, logger: silent)
        var settings = AuthenticationSettings()
        settings.bcryptCost = 4
        settings.allowsInsecureBcryptCost = true
        change(&settings)
        authenticator = try Authenticator(
            store: store, hasher: BcryptHasher(engine: engine), settings: settings, logger: silent,
            clock: { [clock] in clock.now })
    }

    func identity(of token: String) throws(AuthError) -> Identity {
        try authenticator.authenticate(Array(token.utf8).span)
    }
}

/// What time the authenticator believes it is.
final class SettableClock: Sendable {
    private let time = Mutex(UnixTime(1_800_000_000))

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
