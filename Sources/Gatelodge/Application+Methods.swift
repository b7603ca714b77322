internal import FastCGI
internal import HTTPTypes

/// Routes by the name of their method.
extension Application {
    /// Adds a route for GET, and so for HEAD.
    public mutating func get(_ path: String, _ handler: @escaping Handler) { on(.get, path, handler) }

    /// Adds a protected route for GET, and so for HEAD.
    public mutating func get(_ path: String, _ protection: Protection, _ handler: @escaping ProtectedHandler) {
        on(.get, path, protection, handler)
    }

    /// Adds a route for POST.
    public mutating func post(_ path: String, _ handler: @escaping Handler) { on(.post, path, handler) }

    /// Adds a protected route for POST.
    public mutating func post(_ path: String, _ protection: Protection, _ handler: @escaping ProtectedHandler) {
        on(.post, path, protection, handler)
    }

    /// Adds a route for PUT.
    public mutating func put(_ path: String, _ handler: @escaping Handler) { on(.put, path, handler) }

    /// Adds a protected route for PUT.
    public mutating func put(_ path: String, _ protection: Protection, _ handler: @escaping ProtectedHandler) {
        on(.put, path, protection, handler)
    }

    /// Adds a route for DELETE.
    public mutating func delete(_ path: String, _ handler: @escaping Handler) { on(.delete, path, handler) }

    /// Adds a protected route for DELETE.
    public mutating func delete(_ path: String, _ protection: Protection, _ handler: @escaping ProtectedHandler) {
        on(.delete, path, protection, handler)
    }
}
