internal import CFastCGI
internal import Glibc

/// Shows over a socketpair that the library which is loaded serves a descriptor that it did not accept, twice in a
/// row, and gives it back. Its structure is not part of its documented interface, so each start asks again.
package enum LendingProof {
    /// - Throws: ``FastCGIError/lendingDoesNotWork(reason:)``.
    package static func run() throws(FastCGIError) {
        guard FCGX_Init() == 0 else { throw .lendingDoesNotWork(reason: "FCGX_Init failed") }
        var pair: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0 else {
            throw .system(call: "socketpair", path: nil, errno: errno)
        }
        defer { for descriptor in pair { _ = close(descriptor) } }
        let lent = LentRequest()
        for round in 1...2 {
            guard unsafe write(pair[0], question, question.count) == question.count else {
                throw .system(call: "write", path: nil, errno: errno)
            }
            guard case .request(let parameters, let body, _) = lent.accept(pair[1], bodyBytes: 1) else {
                pair[1] = -1
                throw .lendingDoesNotWork(reason: "request \(round) was not accepted")
            }
            guard parameters["A"] == "B", body == [UInt8(ascii: "C")] else {
                throw .lendingDoesNotWork(reason: "request \(round) came out changed")
            }
            guard lent.finish([UInt8]("D".utf8)) else {
                pair[1] = -1
                throw .lendingDoesNotWork(reason: "the descriptor of request \(round) was closed")
            }
            var answer = [UInt8](repeating: 0, count: 256)
            let count = unsafe read(pair[0], &answer, answer.count)
            guard count > RecordHeader.length, answer[1] == RecordKind.standardOutput, answer[8] == UInt8(ascii: "D")
            else { throw .lendingDoesNotWork(reason: "request \(round) was not answered") }
        }
    }

    /// A responder request with the parameter A=B and the body C on a kept connection.
    private static let question: [UInt8] =
        [1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
        + [1, 4, 0, 1, 0, 4, 0, 0, 1, 1, 65, 66] + [1, 4, 0, 1, 0, 0, 0, 0]
        + [1, 5, 0, 1, 0, 1, 0, 0, 67] + [1, 5, 0, 1, 0, 0, 0, 0]
}
