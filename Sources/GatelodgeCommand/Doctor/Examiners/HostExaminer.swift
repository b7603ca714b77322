/// Whether the machine gives a server what it needs.
package enum HostExaminer {
    package struct Facts: Sendable {
        /// The longest queue of connections that a socket may have.
        package var somaxconn: Int?

        /// How many descriptors a process may have open, of this shell.
        package var descriptorLimit: Int?

        /// Whether sessions share the processor by group.
        package var hasAutogroups: Bool?

        /// Whether the hashing process of the instance that runs is in a control group that it shares with the serving one.
        package var sharesControlGroup: Bool?

        package init(
            somaxconn: Int? = nil, descriptorLimit: Int? = nil, hasAutogroups: Bool? = nil,
            sharesControlGroup: Bool? = nil
        ) {
            self.somaxconn = somaxconn
            self.descriptorLimit = descriptorLimit
            self.hasAutogroups = hasAutogroups
            self.sharesControlGroup = sharesControlGroup
        }
    }

    package static func examine(_ facts: Facts) -> [Finding] {
        var findings: [Finding] = []
        if let somaxconn = facts.somaxconn, somaxconn < 1024 {
            findings.append(
                Finding(
                    .warning, "backlog_short",
                    "Only \(somaxconn) connections may wait to be accepted: nginx answers 502 in a burst.",
                    remedy: "sysctl net.core.somaxconn=4096"))
        }
        if let limit = facts.descriptorLimit, limit < 1024 {
            findings.append(
                Finding(
                    .warning, "descriptors_few", "A process of this shell may have only \(limit) descriptors open.",
                    remedy: "Raise it where the instance is started: ulimit -n 4096, or LimitNOFILE=4096."))
        }
        if facts.hasAutogroups == false {
            findings.append(
                Finding(
                    .warning, "autogroups_off",
                    "Without autogroups the hashing process shares the processor with the serving one as an equal.",
                    remedy: "sysctl kernel.sched_autogroup_enabled=1, or give the hasher a control group of low weight."
                ))
        }
        if facts.sharesControlGroup == true {
            findings.append(
                Finding(
                    .warning, "hashing_in_group",
                    "The hashing process is in the serving one's control group, where no autogroup keeps logins from slowing down checks.",
                    remedy: "Give the hasher a unit of its own with a low CPUWeight."))
        }
        return findings
    }
}
