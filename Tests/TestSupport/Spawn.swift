internal import CSpawn
internal import Glibc

/// Starts a program with these descriptors as its first three.
///
/// - Returns: its process's number.
func spawn(
    _ arguments: [String], environment: [String], folder: String?, descriptors: [Int32]
) throws -> Int32 {
    // A fault that `scripts/mutants` has planted is awake in what a test starts, too.
    let fault = unsafe getenv("PLANTED_FAULT").map { unsafe ["PLANTED_FAULT=" + String(cString: $0)] } ?? []
    let (arguments, environment) = unsafe (copy(arguments), copy(environment + fault))
    defer {
        unsafe (arguments + environment).forEach { unsafe free($0) }
    }
    var processID: Int32 = 0
    let status = unsafe spawn_program(arguments[0], arguments, environment, folder, descriptors, &processID)
    guard status == 0 else { throw SpawnFailure(call: "posix_spawn", errno: status) }
    return processID
}

/// The strings as C has them, with the NULL behind them. The caller frees each.
private func copy(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
    unsafe strings.map { unsafe strdup($0) } + [nil]
}
