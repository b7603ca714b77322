// What Swift cannot import from Linux's headers: packed structs, unions, variadics, enums beside macros of the same
// name, GNU extensions. No system header is included here: with _GNU_SOURCE they would contradict Swift's own import.
#pragma once
#include <stdint.h>

// What to watch a descriptor for.
enum gatelodge_interest {
    GATELODGE_LEVEL = 0,       // input, as long as there is some
    GATELODGE_EDGE = 1,        // input, once for each arrival
    GATELODGE_CONNECTION = 2,  // as EDGE, and the peer's closing
};

int gatelodge_epoll(void);
int gatelodge_epoll_add(int epoll, int descriptor, int interest, uint64_t token);
// To be called before a descriptor leaves this process: one whose duplicate lives elsewhere goes on firing (epoll(7)).
int gatelodge_epoll_remove(int epoll, int descriptor);
// Waits for one event, so that no thread holds back what another could begin. Returns 1, or -1 with errno.
int gatelodge_epoll_wait(int epoll, uint64_t *token, int *peer_has_closed);

int gatelodge_event(void);
// Adds one to an event; safe in a signal handler.
void gatelodge_event_set(int event);
// A descriptor that becomes readable every so often on the monotonic clock.
int gatelodge_ticker(int milliseconds);

int gatelodge_socket(void);
int gatelodge_packet_socket(void);
// `path` and its NUL fit sun_path; the caller has checked.
int gatelodge_bind(int descriptor, const char *path);
int gatelodge_connect(int descriptor, const char *path);
int gatelodge_accept(int listening);
// Bounds every read and write on a connection.
int gatelodge_timeouts(int descriptor, int64_t read_microseconds, int64_t write_microseconds);

int gatelodge_open_lock(const char *path);
int gatelodge_nonblocking(int descriptor);
int gatelodge_close_on_exec(int descriptor);

// From now on `signal` sets the event and does nothing else. One event serves all signals of a process. The calling
// thread lets the signal through, also where the process was started with it blocked.
int gatelodge_signal_sets(int signal, int event);
int gatelodge_signal_ignore(int signal);

// Names the calling thread, in at most 15 bytes.
void gatelodge_name_thread(const char *name);

// Both ends of a SOCK_SEQPACKET pair, closed on exec.
int gatelodge_packet_pair(int ends[2]);

// Sends one packet, with up to 250 descriptors beside its bytes, without waiting. Returns the bytes, or -1 with errno.
long gatelodge_send(int socket, const void *bytes, long length, const int *descriptors, int count);
// Receives one packet without waiting. Descriptors arrive closed on exec; `count` has room on entry and says how many came.
// Returns the bytes, 0 at the end, or -1 with errno; EMSGSIZE where the packet or its descriptors did not fit.
long gatelodge_receive(int socket, void *bytes, long room, int *descriptors, int *count);

// Blocks these signals in the calling thread and gives a descriptor from which they are read instead.
int gatelodge_signals(const int *signals, int count);
// The next signal that has come, or -1.
int gatelodge_next_signal(int descriptor);

// prctl is variadic: no core and no ptrace by the same user; no new privileges for this thread and those it starts.
int gatelodge_undumpable(void);

// Starts a program with `input` as its descriptor 0 and, where not negative, `channel` as its 3; nothing else is open but
// standard error, no signal blocked or ignored. Returns 0 or an error number. The posix_spawn types would be unsafe ones
// in Swift.
int gatelodge_spawn(const char *program, char *const arguments[], char *const environment[], int input, int channel,
                    int *process_id);

// A file in memory that an exec keeps open (memfd_create(2)).
int gatelodge_memory_file(const char *name);

// Sends a datagram to the socket at a path, or at an abstract address where the path begins with "@" (sd_notify(3)).
int gatelodge_notify(const char *path, const char *message);

// The kind of the file system that holds `path`, as statfs(2) numbers them. Returns 0, or -1 with errno.
int gatelodge_file_system(const char *path, uint32_t *magic);
