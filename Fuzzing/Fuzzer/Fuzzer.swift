private import FuzzTargets
private import Glibc

/// libFuzzer's own `main` (LLVM's `compiler-rt/include/fuzzer/FuzzerInterface.h`).
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ tryOne: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private let target: FuzzTarget = {
    let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
        print("FUZZ_TARGET is one of: \(names)")
        exit(64)
    }
    return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
func tryOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    unsafe target.run(UnsafeBufferPointer(start: start, count: count).span)
    return 0
}

/// The name under which SwiftPM's linker looks for the beginning of this executable, so that libFuzzer's own is not found.
@_cdecl("Fuzzer_main")
func start(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    var count = count
    var arguments = unsafe arguments
    return unsafe runDriver(&count, &arguments, tryOne)
}
