internal import FoundationEssentials
internal import Gatelodge

extension NginxExpectations {
    /// What the settings of the instance say that is started in this folder.
    init(_ settings: Settings) {
        self.init(
            socketPath: settings.absoluteSocketPath, needsKey: settings.fastcgi.key != nil,
            registrationIsOpen: settings.registration == .open)
    }
}

extension Settings {
    /// The setting `socket.path` from the root on.
    var absoluteSocketPath: String {
        socket.path.hasPrefix("/") ? socket.path : "\(FileManager.default.currentDirectoryPath)/\(socket.path)"
    }
}
