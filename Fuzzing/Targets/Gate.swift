internal import FastCGI

/// What the gate lets pass is one whole request, as a second reader finds it; and how the bytes come changes nothing.
func fuzzGate(_ bytes: borrowing Span<UInt8>) {
    // Small limits are within the fuzzer's reach.
    let limits = RequestLimits(maximumBodyBytes: 256, maximumParameterBytes: 512, maximumParameters: 8)
    let gate = Gate(limits: limits)
    let verdict = gate.judge(bytes)
    switch verdict {
    case .incomplete, .violation: break
    case .complete(let length, let bodyBytes):
        precondition(length <= bytes.count, "a request reaches beyond what has come")
        precondition(gate.judge(bytes.extracting(0..<length)) == verdict, "what follows a request changes it")
        var walk = RequestWalk(bytes.extracting(0..<length))
        walk.checkRequest(bodyBytes: bodyBytes, limits)
    case .answered(let length, _):
        precondition((RequestWalk.headBytes...bytes.count).contains(length), "more is thrown away than has come")
    case .refused(let refusal, let id, let keepsConnection):
        checkRefusal(bytes, refusal, id, keepsConnection)
    }
}

/// Whoever takes a refused request in pieces comes to the same end as in one go.
private func checkRefusal(_ bytes: borrowing Span<UInt8>, _ refusal: Refusal, _ id: UInt16, _ keepsConnection: Bool) {
    var whole = RefusedRequest(refusal, requestID: id, keepsConnection: keepsConnection)
    let expected = whole.take(bytes)
    var pieces = RefusedRequest(refusal, requestID: id, keepsConnection: keepsConnection)
    for index in bytes.indices {
        switch pieces.take(bytes.extracting(index..<index + 1)) {
        case .unfinished: continue
        case .violation:
            precondition(expected == .violation, "pieces of a refused request are judged otherwise")
            return
        case .ended(let length):
            precondition(expected == .ended(after: index + length), "pieces of a refused request end elsewhere")
            return
        }
    }
    precondition(expected == .unfinished, "a refused request ends only as a whole")
}
