internal import FastCGI
internal import Gatelodge

/// By the first letter of a line.
private let names: [Character: String] = [
    "a": "HTTP_AUTHORIZATION", "r": "REDIRECT_HTTP_AUTHORIZATION", "c": "HTTP_COOKIE", "u": "REQUEST_URI",
]

/// Fields of a request, one a line: the credential is one of those that are there and the only one, and the way back after
/// signing in stays on this site.
func fuzzFields(_ bytes: borrowing Span<UInt8>) {
    let text = String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
    var pairs = [(name: "REQUEST_METHOD", value: "GET")]
    for line in text.split(whereSeparator: { $0.isNewline }) {
        if let letter = line.first, let name = names[letter] { pairs.append((name, String(line.dropFirst()))) }
    }
    guard let request = try? Request(parameters: RequestParameters(pairs), body: []) else {
        preconditionFailure("these are a request")
    }
    checkCredential(of: request, pairs)
    checkReturnPath(of: request, pairs.first { $0.name == "REQUEST_URI" }?.value)
}

private func checkCredential(of request: Request, _ pairs: [(name: String, value: String)]) {
    // Two fields of one name are nginx's to refuse; the first counts.
    let shown = Set(
        ["HTTP_AUTHORIZATION", "REDIRECT_HTTP_AUTHORIZATION"].compactMap { name in
            pairs.first { $0.name == name }.map { trimmed($0.value.utf8) }
        }
    ).subtracting([[]])
    let cookies = Set(
        pairs.filter { $0.name == "HTTP_COOKIE" }.flatMap { $0.value.utf8.split(separator: UInt8(ascii: ";")) }
            .compactMap { pair -> [UInt8]? in
                guard let equals = pair.firstIndex(of: UInt8(ascii: "=")),
                    trimmed(pair[..<equals]) == [UInt8]("__Host-gatelodge".utf8)
                else { return nil }
                return trimmed(pair[pair.index(after: equals)...])
            })
    do throws(ErrorReply) {
        switch try request.credential() {
        case .token(let token):
            precondition(!token.isEmpty && trimmed(token) == [UInt8](token), "a token has blanks at its ends")
            precondition(shown.count == 1, "one of several tokens was taken")
            precondition(shown.first.map { $0.suffix(token.count) == token } == true, "a token that nobody shows")
        case .cookie(let cookie):
            precondition(shown.isEmpty, "a cookie was taken beside a token")
            precondition(cookies == [[UInt8](cookie)], "a cookie was taken that is not the only one")
        }
    } catch {
        precondition(shown != [] || cookies.count != 1, "the only cookie was refused")
        precondition([400, 401].contains(error.status.code), "bad credentials are no fault of ours")
    }
}

private func checkReturnPath(of request: Request, _ target: String?) {
    let way = ReturnPath(of: request)
    precondition(way.path == "/" || way.path == target, "the way back is another one")
    let path = [UInt8](way.path.utf8)
    precondition(path.first == UInt8(ascii: "/") && !path.starts(with: "//".utf8), "the way back leads elsewhere")
    let isKept: (UInt8) -> Bool = { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    precondition(path.allSatisfy(isKept), "browsers drop bytes of it")
    let isPlain: (UInt8) -> Bool = { (0x21...0x7E).contains($0) && !#"&=?#"'<>+"#.utf8.contains($0) }
    precondition(way.encoded.utf8.allSatisfy(isPlain), "the way back ends the value that it is")
}

private func trimmed(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
}
