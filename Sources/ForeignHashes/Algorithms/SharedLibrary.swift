internal import Glibc

/// A library that is loaded when it is first needed, and stays. Nothing is linked with it.
enum SharedLibrary {
    /// A function of a library, as a pointer to be taken for what its manual says; nil where either is missing.
    static func symbol(_ name: String, in library: String) -> UnsafeMutableRawPointer? {
        guard let handle = unsafe dlopen(library, RTLD_NOW | RTLD_LOCAL) else { return nil }
        return unsafe dlsym(handle, name)
    }
}
