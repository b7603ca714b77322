internal import ArgumentParser
internal import Authentication
internal import Cryptography
internal import Gatelodge
internal import JWT

/// `gatelodge key`: the keys that sign tokens.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "List the keys that sign tokens, rotate, import, export and retire them.",
        discussion: """
            A new key is published first, signs after the setting `keys.lead`, is retired when another follows, and is gone \
            once the last token that it signed has expired. Nobody is logged out. A running instance notices within a second.
            """,
        subcommands: [List.self, Rotate.self, Import.self, Export.self, Retire.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "List the keys, oldest first: id, algorithm, phase, when it begins to sign, until when it verifies.")

        @Flag(help: "Print the keys as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let keys = try await answer(authenticator) { () async throws(AuthError) in
                try authenticator.findKeys().map(KeyEntry.init)
            }
            if json { return print(try keys.json()) }
            for key in keys { print(key.line) }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key that follows the one that signs now.")

        @Option(help: "ES256, EdDSA, PS256 or RS256; otherwise that of the newest key.", transform: algorithm(named:))
        var algorithm: SignatureAlgorithm?

        @Flag(
            help:
                "Let it sign in two seconds, not after `keys.lead`; verifiers that keep the old key set fail until they ask again."
        )
        var now = false

        @Flag(help: "Print the key as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            let key = try await answer(authenticator) { () async throws(AuthError) in
                KeyEntry(try await authenticator.rotateKey(algorithm: algorithm, immediately: now))
            }
            print(json ? try key.json() : key.line)
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a private key from standard input, a PEM or a JWK.",
            discussion: "It signs after `keys.lead`, as a rotation's would.")

        @Option(help: "PS256 or RS256 for an RSA key whose text does not say which.", transform: algorithm(named:))
        var algorithm: SignatureAlgorithm?

        @Flag(help: "Let it sign in two seconds.")
        var now = false

        @Flag(help: "Print the key as JSON.")
        var json = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            guard let text = StandardInput.readSecret(maximumBytes: VerificationKey.maximumJWKBytes) else {
                throw failure("the key is too long")
            }
            let bytes = text.withSpan { bytes in bytes.indices.map { bytes[$0] } }
            let key = try await answer(authenticator) { () async throws(AuthError) in
                KeyEntry(try await authenticator.importKey(bytes, algorithm: algorithm, immediately: now))
            }
            print(json ? try key.json() : key.line)
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a key: its public half as a JWK Set, or with --private its private one as PEM.")

        @Argument(help: "The id of the key.")
        var id: String

        @Flag(
            name: .customLong("private"), help: "Print the private key. Whoever has it can make tokens for everybody.")
        var isPrivate = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            try await answer(authenticator) { () async throws(AuthError) in
                let text = isPrivate ? try await authenticator.exportKey(id) : try authenticator.exportPublicKey(id)
                print(String(decoding: text, as: UTF8.self), terminator: text.last == UInt8(ascii: "\n") ? "" : "\n")
            }
        }
    }

    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a key sign no more; where it signs now, another is made.")

        @Argument(help: "The id of the key.")
        var id: String

        @Flag(help: "Refuse its tokens, too, from now on: for a key that somebody may have stolen.")
        var drop = false

        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let authenticator = try settings.openAuthenticator()
            try await answer(authenticator) { () async throws(AuthError) in
                try await authenticator.retireKey(id, dropping: drop)
            }
        }
    }
}

/// As RFC 7518 §3.1 writes it.
private func algorithm(named name: String) throws -> SignatureAlgorithm {
    guard let algorithm = SignatureAlgorithm(rawValue: name) else {
        let names = SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("\"\(name)\" is none of \(names)")
    }
    return algorithm
}
