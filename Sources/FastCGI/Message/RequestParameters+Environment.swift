internal import Glibc

extension RequestParameters {
    /// Copies `NAME=value` strings up to the null pointer that ends them.
    init(copying environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        self.init()
        guard var entry = unsafe environment else { return }
        reserve(parameters: 32, bytes: 2048)
        while let line = unsafe entry.pointee {
            let bytes = unsafe UnsafeRawBufferPointer(start: line, count: strlen(line))
            if let separator = unsafe bytes.firstIndex(of: UInt8(ascii: "=")) {
                unsafe append(name: bytes[..<separator], value: bytes[(separator + 1)...])
            }
            unsafe entry += 1
        }
    }
}
