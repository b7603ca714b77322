// swift-tools-version: 6.3
import PackageDescription

/// The same for every target; `make check` adds warnings as errors.
let settings: [SwiftSetting] = [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
    name: "gatelodge",
    products: [
        .library(name: "Gatelodge", targets: ["Gatelodge"]),
        .library(name: "FastCGI", targets: ["FastCGI"]),
        .library(name: "JWT", targets: ["JWT"]),
        .library(name: "Bcrypt", targets: ["Bcrypt"]),
        .executable(name: "gatelodge", targets: ["GatelodgeCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries, each imported by exactly one Swift target.
        .systemLibrary(name: "CFastCGI", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CUnicode", providers: [.apt(["libutf8proc-dev"])]),
        .target(name: "CSystem"),

        // Shared foundations.
        .target(name: "JSON", swiftSettings: settings),
        .target(name: "Threading", dependencies: ["CSystem"], swiftSettings: settings),
        .target(name: "Counting", swiftSettings: settings),
        // Links to docs/openapi.yaml and nginx/, whose bytes become part of the program.
        .target(
            name: "Embedded", exclude: ["Files/nginx/public"], resources: [.embedInCode("Files")],
            swiftSettings: settings),
        .target(name: "Cryptography", dependencies: ["COpenSSL"], swiftSettings: settings),
        .target(name: "Bcrypt", dependencies: ["Counting", "Cryptography", "Threading"], swiftSettings: settings),
        .target(name: "ForeignHashes", dependencies: ["Bcrypt", "Cryptography", "Threading"], swiftSettings: settings),
        .target(name: "JWT", dependencies: ["Counting", "Cryptography", "JSON", "Threading"], swiftSettings: settings),
        .target(
            name: "FastCGI", dependencies: ["CFastCGI", "Counting", "CSystem", "Threading", httpTypes, logging],
            swiftSettings: settings),

        // The product.
        .target(
            name: "Storage",
            dependencies: ["CSystem", "Counting", "Threading", .product(name: "GRDB", package: "GRDB.swift"), logging],
            swiftSettings: settings),
        .target(
            name: "Authentication",
            dependencies: [
                "Bcrypt", "Counting", "Cryptography", "ForeignHashes", "JWT", "Storage", "Threading", "CUnicode",
                logging,
            ],
            swiftSettings: settings),
        .target(
            name: "Gatelodge",
            dependencies: [
                "Authentication", "Bcrypt", "Counting", "Cryptography", "Embedded", "FastCGI", "JSON", "JWT", "Storage",
                "Threading", httpTypes, logging,
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings),
        .target(
            name: "Supervision", dependencies: ["CSystem", "FastCGI", "JSON", "Threading", logging],
            swiftSettings: settings),
        .executableTarget(
            name: "GatelodgeCommand",
            dependencies: [
                "Embedded", "Gatelodge", "Supervision",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        // Tests mirror Sources.
        .systemLibrary(name: "CCrypt", path: "Tests/CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .target(name: "CSpawn", path: "Tests/CSpawn"),
        .target(
            name: "TestSupport", dependencies: ["Threading", "CSpawn"], path: "Tests/TestSupport",
            swiftSettings: settings),
        .target(
            name: "FuzzTargets", dependencies: ["Bcrypt", "FastCGI", "ForeignHashes", "Gatelodge", "JSON", "JWT"],
            path: "Fuzzing/Targets",
            swiftSettings: settings),
        .testTarget(name: "FuzzTargetsTests", dependencies: ["FuzzTargets"], swiftSettings: settings),
        .testTarget(name: "CountingTests", dependencies: ["Counting"], swiftSettings: settings),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "BcryptTests", dependencies: ["Threading", "Bcrypt", "CCrypt", "TestSupport"], swiftSettings: settings
        ),
        .testTarget(
            name: "ForeignHashesTests", dependencies: ["Threading", "Bcrypt", "Cryptography", "ForeignHashes"],
            swiftSettings: settings),
        .testTarget(
            name: "JWTTests", dependencies: ["Threading", "JWT", "JSON", "Cryptography", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "FastCGITests", dependencies: ["FastCGI", "Threading", "TestSupport", httpTypes],
            swiftSettings: settings),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Threading", "Storage", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"), logging,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "AuthenticationTests",
            dependencies: ["Threading", "Authentication", "Bcrypt", "JWT", "Storage", "TestSupport", logging],
            swiftSettings: settings),
        .testTarget(
            name: "DoctorTests", dependencies: ["Embedded", "GatelodgeCommand", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "MovingTests", dependencies: ["Authentication", "GatelodgeCommand", "Storage"],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Threading",
                "Cryptography", "FastCGI", "GatelodgeCommand", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "GatelodgeTests",
            dependencies: [
                "Authentication", "Embedded", "Gatelodge", "Cryptography", "Threading", "TestSupport", logging,
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// `scripts/fuzz` sets it: the fuzzer links only with libFuzzer.
if Context.environment["GATELODGE_FUZZING"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzzer", dependencies: ["FuzzTargets"], path: "Fuzzing/Fuzzer", swiftSettings: settings))
}
