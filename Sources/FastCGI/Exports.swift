// A handler speaks of methods, statuses and header fields: `import FastCGI` is enough for them.
@_exported public import HTTPTypes
