internal import ArgumentParser
internal import Authentication

/// `gatelodge service`: the programs that may ask about tokens.
struct ServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service", abstract: "Services that may ask `POST /api/introspect` about tokens.",
        subcommands: [Add.self, List.self, Remove.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a service and print its secret.",
            discussion: """
                The secret is printed once and cannot be read again. The service shows its name and its secret as HTTP Basic \
                credentials (RFC 7617).
                """)

        @Argument(help: "The name: 1 to 32 of a-z, 0-9, \":\", \"_\" and \"-\".")
        var name: String

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            try await answer(authenticator) { () async throws(AuthError) in
                print(try await authenticator.addService(name))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the services: time of adding, name.")

        @Flag(help: "Print the services as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let services = try await answer(authenticator) { () async throws(AuthError) in
                try authenticator.findServices().map { Entry(created: time($0.createdUnixSeconds), name: $0.name) }
            }
            if json { return print(try services.json()) }
            for service in services { print(row(service.created, service.name)) }
        }

        private struct Entry: Encodable {
            let created: String
            let name: String
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse a service from now on.")

        @Argument(help: "The name.")
        var name: String

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            try await answer(authenticator) { () async throws(AuthError) in try await authenticator.removeService(name)
            }
        }
    }
}
