extension SettingKind<[WebOrigin]> {
    /// Origins with blanks between them.
    static var origins: SettingKind {
        SettingKind(
            name: "origins", expected: "one or more of http://host, https://host, with a port where it is another one",
            parse: { text in
                let words = text.split(separator: " ")
                let origins = words.compactMap { WebOrigin(String($0)) }
                return origins.isEmpty || origins.count != words.count ? nil : origins
            },
            format: { $0.map(\.description).joined(separator: " ") })
    }
}
