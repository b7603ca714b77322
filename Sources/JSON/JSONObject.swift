/// Named values in the order in which they were written; no name occurs twice.
///
/// Names are told apart by their bytes. Swift's own `==` would take U+212A KELVIN SIGN for the letter K.
public struct JSONObject: Sendable {
    /// One name and its value.
    public struct Member: Sendable {
        /// The name, unescaped.
        public let name: String
        /// The value.
        public internal(set) var value: JSONValue
    }

    /// All members, in order.
    public private(set) var members: [Member]

    /// An object without members.
    public init() { members = [] }

    /// Takes members whose names are known to differ.
    init(distinct members: [Member]) { self.members = members }

    /// The value of a name. Looks at one member after the other: objects are as small as the byte cap keeps them.
    ///
    /// Setting keeps the place of a name that is there, puts a new one last, and removes with `nil`.
    public subscript(name: String) -> JSONValue? {
        get {
            for member in members where hasSameBytes(member.name, name) { return member.value }
            return nil
        }
        set {
            let index = members.firstIndex { hasSameBytes($0.name, name) }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONObject: Equatable {
    /// Equal members in the same order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.elementsEqual(right.members) { hasSameBytes($0.name, $1.name) && $0.value == $1.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// The literal's order is kept. A name that stands twice in a literal is a programmer's mistake and traps.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(literal: elements)
    }

    /// What the literals of `JSONObject` and `JSONValue` share: variadic parameters cannot be handed on.
    init(literal elements: [(String, JSONValue)]) {
        self.init()
        for (name, value) in elements {
            precondition(self[name] == nil, "a literal names a member twice")
            members.append(Member(name: name, value: value))
        }
    }
}
