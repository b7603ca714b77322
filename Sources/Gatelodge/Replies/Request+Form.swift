package import FastCGI

extension Request {
    /// The body as the fields of a form.
    ///
    /// - Throws: ``ErrorReply`` with 415 for another content type, 413 for a body that is too long, 400 for a malformed
    ///   one or a field that stands there twice.
    package func form() throws(ErrorReply) -> FormFields {
        try requireContentType("application/x-www-form-urlencoded")
        guard body.count <= Self.maximumJSONBytes else { throw .contentTooLarge }
        return try FormFields(parsing: body)
    }

    /// The fields of the query.
    ///
    /// - Throws: ``ErrorReply`` with 400 for a malformed one or a field that stands there twice.
    package func queryFields() throws(ErrorReply) -> FormFields {
        let query = parameters.bytes(of: "QUERY_STRING") ?? []
        guard query.count <= Self.maximumJSONBytes else { throw .malformedForm }
        return try FormFields(parsing: query)
    }
}
