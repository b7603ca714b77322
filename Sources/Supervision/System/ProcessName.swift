internal import CSystem

/// What the system shows as the name of this process.
package enum ProcessName {
    /// - Parameter name: at most 15 bytes. To be called on the first thread, whose name is the process's.
    package static func set(_ name: String) {
        unsafe gatelodge_name_thread(name)
    }
}
