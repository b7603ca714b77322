import GatelodgeCommand
import Testing

@Suite struct MachineTests {
    static let sound = HostExaminer.Facts(somaxconn: 4096, descriptorLimit: 1024, hasAutogroups: true)

    static let changes: [Change<HostExaminer.Facts>] = [
        Change("backlog_short", .warning) { $0.somaxconn = 128 },
        Change("descriptors_few", .warning) { $0.descriptorLimit = 64 },
        Change("hashing_in_group", .warning) { $0.sharesControlGroup = true },
        Change("autogroups_off", .warning) { $0.hasAutogroups = false },
    ]

    @Test(arguments: changes)
    func `Each fault of the machine is found, and alone`(_ change: Change<HostExaminer.Facts>) throws {
        try change.expectAlone(in: Self.sound, HostExaminer.examine)
        #expect(HostExaminer.examine(HostExaminer.Facts()) == [])
    }

    @Test(
        arguments: [
            (0, nil, "clock_absurd"), (5_000_000_000, nil, "clock_absurd"),
            (1_800_000_000, 1_800_003_600, "clock_went_back"),
        ]
            as [(Int64, Int64?, String)])
    func `A clock that cannot be right is found`(now: Int64, recorded: Int64?, code: String) {
        #expect(ClockExaminer.examine(unixSeconds: now, lastRecorded: recorded).map(\.code) == [code])
        #expect(ClockExaminer.examine(unixSeconds: 1_800_000_000, lastRecorded: 1_800_000_030) == [])
    }

    @Test func `Each problem of the settings is a finding`() {
        #expect(SettingsExaminer.examine(problems: ["a", "b"]).map(\.sentence) == ["a.", "b."])
        #expect(SettingsExaminer.examine(problems: []) == [])
    }
}
