// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "posts",
    dependencies: [
        // In a package of your own: .package(url: …, from: …)
        .package(name: "gatelodge", path: "../..")
    ],
    targets: [
        .executableTarget(name: "Posts", dependencies: [.product(name: "Gatelodge", package: "gatelodge")])
    ]
)
