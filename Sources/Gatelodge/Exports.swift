// A handler speaks of requests, statuses and JSON: `import Gatelodge` is enough for all of them.
@_exported public import FastCGI
@_exported public import HTTPTypes
@_exported public import JSON
