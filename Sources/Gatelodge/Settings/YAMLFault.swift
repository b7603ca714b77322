internal import Yams

/// Why a file is not the YAML that we read, without the file's text.
struct YAMLFault: Error {
    let problem: String
    let line: Int?

    init(_ error: any Error) {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            self.problem = problem
            line = mark.line
        case YamlError.reader(let problem, _, _, _):
            self.problem = problem
            line = nil
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            problem = "the key \(keys.first ?? "") is given more than once"
            line = context.mark.line
        default:
            problem = "it cannot be parsed"
            line = nil
        }
    }
}
