internal import ArgumentParser
internal import Cryptography
internal import Gatelodge
internal import JWT

/// `gatelodge token`: tokens outside any server.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Look at access tokens.", subcommands: [Verify.self])

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verify a token and print its claims.",
            discussion: """
                The token is read from standard input. Checked are the signature, the header, and the claims with \
                their times; the issuer and the audience must be there and are printed, not compared. A set with one \
                key serves a token without `kid`. Exit status 1, and one line with the error's code, where the token \
                is not good.
                """)

        @Option(help: ArgumentHelp("A file with the issuer's keys, a JWK Set.", valueName: "file"))
        var jwks: String?

        @Option(help: ArgumentHelp("A file with the secret of HS256, at least 32 bytes.", valueName: "file"))
        var secretFile: String?

        @Flag(help: "Verify the signature alone and print the payload, whatever it is.")
        var signatureOnly = false

        @Option(help: ArgumentHelp("The time to verify at, in seconds since 1970.", valueName: "unixtime"))
        var at: Int64?

        func validate() throws {
            guard (jwks == nil) != (secretFile == nil) else {
                throw ValidationError("one of --jwks and --secret-file is needed, and not both")
            }
        }

        func run() throws {
            let keys = try readKeys()
            guard let token = StandardInput.readSecret(maximumBytes: CompactJWS.maximumTokenBytes) else {
                throw failure("token_too_long")
            }
            do throws(JWTError) {
                let payload = try token.withSpan { token throws(JWTError) in
                    let jws = try CompactJWS(verifying: token, keys: keys)
                    if !signatureOnly {
                        let time = at.map(UnixTime.init) ?? .now
                        _ = try AccessTokenVerifier(uncheckedIssuerAndAudience: keys, clock: { time }).verify(token)
                    }
                    return jws.payload
                }
                print(String(decoding: payload, as: UTF8.self))
            } catch {
                throw failure(error.code)
            }
        }

        private func readKeys() throws -> KeySet {
            if let jwks { return try readKeySet(jwks) }
            let path = secretFile ?? ""
            do {
                let secret = try SecretBytes.read(file: path)
                return KeySet(try secret.withSpan { bytes throws(JWTError) in try VerificationKey(hs256Secret: bytes) })
            } catch let error as SettingsProblem.Reason {
                throw failure(error.description, status: 2)
            } catch let error as JWTError {
                throw failure("\(path): \(error.code)", status: 2)
            }
        }

        private func readKeySet(_ path: String) throws -> KeySet {
            do {
                let file = try BoundedFile(path: path, maximumBytes: VerificationKey.maximumJWKBytes, isSecret: false)
                return try file.withSpan { bytes throws(JWTError) in try KeySet(jwkSet: bytes) }
            } catch let error as FileFault {
                throw failure("\(path) \(error)", status: 2)
            } catch let error as JWTError {
                throw failure("\(path): \(error.code)", status: 2)
            }
        }
    }
}
