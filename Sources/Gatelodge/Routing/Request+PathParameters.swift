public import FastCGI

extension Request {
    /// What stands in the path where the route has `{name}`: one segment, decoded, and never empty.
    ///
    /// - Precondition: the route has a parameter of that name.
    public func pathParameter(_ name: String) -> String {
        guard let parameter = pathParameters.first(where: { $0.name == name }) else {
            preconditionFailure("the route has no parameter {\(name)}")
        }
        return parameter.value
    }
}
