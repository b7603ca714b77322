internal import FastCGI
internal import JSON

/// Which part of a long list is wanted: the query parameters `limit` and `after`, the latter from `next` of the part before.
struct PageQuery {
    private static let maximumLimit = 200
    private static let defaultLimit = 50

    let after: String?
    let limit: Int
    /// What names begin with that are searched for: the query parameter `search`.
    let search: String?

    init(_ request: Request) throws(ErrorReply) {
        let query = try request.queryFields()
        after = query["after"]
        search = query["search"].flatMap { $0.isEmpty ? nil : $0 }
        limit =
            try query["limit"].map { text throws(ErrorReply) in
                guard let number = decimal(text), (1...Self.maximumLimit).contains(number) else {
                    throw .invalidField("limit", isA: "number from 1 to \(Self.maximumLimit)")
                }
                return number
            } ?? Self.defaultLimit
    }

    /// `{"items":[…],"next":…}`; without `next` where nothing can follow.
    func members<Item>(
        of items: [Item], _ members: (Item) -> JSONObject, next: (Item) -> String
    ) -> JSONValue {
        var page: JSONObject = ["items": .array(items.map { .object(members($0)) })]
        if items.count == limit, let last = items.last { page["next"] = .string(next(last)) }
        return .object(page)
    }
}
