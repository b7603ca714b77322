import Foundation
import TestSupport
import Testing

/// Rows of `make survive` that are quick, in their short form.
@Suite struct SurvivalTests {
    @Test func `Requests that are cut are not executed, and where system calls fail nothing is granted without a row`()
        throws
    {
        let rows = try Child(
            URL(fileURLWithPath: "/usr/bin/python3"),
            ["-B", "Survival/survive", "--short", "--program", Site.binary.path, "13", "29"],
            environment: ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"], folder: Site.checkout)
        #expect(rows.status() == 0, "\(rows.text)\(rows.errors)")
        print(rows.text)
    }
}
