internal import Glibc

/// Five milliseconds on a thread of the store's own, while another process holds the lock.
func pause() {
    usleep(5_000)
}
