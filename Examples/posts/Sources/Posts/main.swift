// An application with routes of its own: it keeps each user's posts in memory. Registration, login and the key set are
// Gatelodge's and come by themselves.
import Gatelodge
import Synchronization

let posts = Mutex<[String: [String]]>([:])

var app = try Application(settings: .load())

app.get("/api/posts", .authenticated) { request, identity in
    .json(["message": "Welcome \(identity.username)"])
}

app.get("/api/posts/mine", .authenticated) { request, identity in
    let mine = posts.withLock { $0[identity.accountID] ?? [] }
    return .json(["posts": .array(mine.map { .string($0) })])
}

app.post("/api/posts/mine", .authenticated) { request, identity in
    guard let text = try request.json().objectValue?["text"]?.stringValue else {
        throw ErrorReply(.unprocessableContent, code: "no_text", "a post has a text")
    }
    posts.withLock { $0[identity.accountID, default: []].append(text) }
    return .json(["message": "posted"], status: .created)
}

app.get("/api/public") { _ in
    .json(["message": "Anyone may read this"])
}

try app.run()
