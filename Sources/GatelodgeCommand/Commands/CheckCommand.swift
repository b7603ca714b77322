internal import ArgumentParser
internal import Authentication
internal import FastCGI
internal import Gatelodge

/// `gatelodge check`: would a start succeed?
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the settings, libfcgi, the database and the keys.",
        discussion: "A database that is not there yet is made, as a start would make it.")

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        let settings = try settings.load()
        print("settings    good")
        do throws(FastCGIError) {
            try LendingProof.run()
            print("libfcgi     serves a lent descriptor")
        } catch {
            throw failure(error.description)
        }
        do throws(StartError) {
            let authenticator = try Authenticator.open(settings, logger: CommandLog.logger)
            print("database    \(settings.database.path)")
            print("tokens      \(authenticator.tokenAlgorithm), issued by \(authenticator.issuerName)")
        } catch {
            throw failure(error.description)
        }
    }
}
