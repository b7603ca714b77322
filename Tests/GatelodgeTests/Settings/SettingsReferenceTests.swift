import Foundation
import Gatelodge
import Testing

@Suite struct SettingsReferenceTests {
    @Test("The committed page is what the table renders (`gatelodge settings --markdown > docs/settings.md`)")
    func page() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/settings.md")
        #expect(try String(contentsOf: page, encoding: .utf8) == Settings.markdownReference)
    }

    @Test("List and page name every setting, its variable and its default") func list() {
        for setting in Settings.table {
            #expect(Settings.textReference.contains("\(setting.name)\n"))
            #expect(Settings.textReference.contains("variable: \(setting.variable)\n"))
            #expect(Settings.textReference.contains("default:  \(setting.fallback)\n"))
            #expect(Settings.markdownReference.contains("| `\(setting.name)` |"))
        }
    }

    @Test("Names and variables are unique, and every secret can come from a file") func table() {
        let names = Settings.table.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(Settings.table.map(\.variable)).count == names.count)
        #expect(!Settings.table.map(\.variable).contains(Settings.fileVariable))
        for secret in Settings.table where secret.isSecret { #expect(names.contains(secret.name + "_file")) }
        for setting in Settings.table {
            #expect(setting.fallback != "", "\(setting.name)")
            #expect(!(setting.documentation + setting.expected).contains("|"), "\(setting.name)")
        }
    }

    @Test("Every default is a value that its own setting accepts") func defaults() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("", to: "a.yaml")
        for setting in Settings.table where setting.hasDefault {
            _ = try Settings.load(file: file, environment: .values([setting.variable: setting.fallback]))
        }
    }
}
