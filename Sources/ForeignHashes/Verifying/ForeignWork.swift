internal import Dispatch

/// What a hashing process does beside bcrypt: it verifies foreign hashes, one at a time whoever asks, so that no more memory
/// is in use than ``ForeignLimits`` give to one.
package struct ForeignWork: Sendable {
    private let turns = DispatchQueue(label: "gatelodge.foreign-hashes.turns")

    package init() {}

    /// Answers a packet, or gives nil for what is no question of this kind; blocks.
    package func answer(_ packet: borrowing Span<UInt8>) -> [UInt8]? {
        guard let question = ForeignQuestion(packet) else { return nil }
        return ForeignQuestion.packet(turns.sync { question.answer() })
    }
}
