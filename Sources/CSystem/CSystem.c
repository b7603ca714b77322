#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <unistd.h>

int gatelodge_epoll(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

int gatelodge_epoll_add(int epoll, int descriptor, int interest, uint64_t token) {
    static const uint32_t events[] = {EPOLLIN, EPOLLIN | EPOLLET, EPOLLIN | EPOLLRDHUP | EPOLLET};
    struct epoll_event event = {.events = events[interest], .data = {.u64 = token}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int gatelodge_epoll_remove(int epoll, int descriptor) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

int gatelodge_epoll_wait(int epoll, uint64_t *token, int *peer_has_closed) {
    struct epoll_event event;
    int count = epoll_wait(epoll, &event, 1, -1);
    if (count == 1) {
        *token = event.data.u64;
        *peer_has_closed = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    }
    return count;
}

int gatelodge_event(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

void gatelodge_event_set(int event) {
    uint64_t one = 1;
    ssize_t written = write(event, &one, sizeof one);
    (void)written;  // it fails only where 2⁶⁴ - 1 settings have not been read
}

int gatelodge_ticker(int milliseconds) {
    int descriptor = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    if (descriptor < 0) return -1;
    struct timespec interval = {.tv_sec = milliseconds / 1000, .tv_nsec = (milliseconds % 1000) * 1000000L};
    struct itimerspec schedule = {.it_interval = interval, .it_value = interval};
    return timerfd_settime(descriptor, 0, &schedule, NULL) == 0 ? descriptor : -1;
}

int gatelodge_socket(void) {
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

int gatelodge_packet_socket(void) {
    return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
}

static struct sockaddr_un unix_address(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    return address;
}

int gatelodge_bind(int descriptor, const char *path) {
    struct sockaddr_un address = unix_address(path);
    return bind(descriptor, (const struct sockaddr *)&address, sizeof address);
}

int gatelodge_connect(int descriptor, const char *path) {
    struct sockaddr_un address = unix_address(path);
    return connect(descriptor, (const struct sockaddr *)&address, sizeof address);
}

int gatelodge_accept(int listening) {
    return accept4(listening, NULL, NULL, SOCK_CLOEXEC);
}

static int timeout(int descriptor, int option, int64_t microseconds) {
    struct timeval time = {.tv_sec = microseconds / 1000000, .tv_usec = microseconds % 1000000};
    return setsockopt(descriptor, SOL_SOCKET, option, &time, sizeof time);
}

int gatelodge_timeouts(int descriptor, int64_t read_microseconds, int64_t write_microseconds) {
    int result = timeout(descriptor, SO_RCVTIMEO, read_microseconds);
    return result == 0 ? timeout(descriptor, SO_SNDTIMEO, write_microseconds) : result;
}

int gatelodge_open_lock(const char *path) {
    return open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

int gatelodge_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

int gatelodge_close_on_exec(int descriptor) {
    return fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

// A handler may only touch what is safe in it: a lock-free atomic, and write(2).
static atomic_int signalled = -1;

static void set_event(int signal) {
    (void)signal;
    int saved = errno;
    gatelodge_event_set(signalled);
    errno = saved;
}

static int install(int signal, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    return sigaction(signal, &action, NULL);
}

int gatelodge_signal_sets(int signal, int event) {
    signalled = event;
    if (install(signal, set_event) != 0) return -1;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    errno = pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    return errno == 0 ? 0 : -1;
}

int gatelodge_signal_ignore(int signal) {
    return install(signal, SIG_IGN);
}

void gatelodge_name_thread(const char *name) {
    pthread_setname_np(pthread_self(), name);
}

int gatelodge_packet_pair(int ends[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
}

enum { descriptors_at_most = 250 };

// Room for a control message with that many descriptors, aligned as one.
union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(descriptors_at_most * sizeof(int))];
};

long gatelodge_send(int socket, const void *bytes, long length, const int *descriptors, int count) {
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = (size_t)length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    union control control;
    if (count > descriptors_at_most) {
        errno = EINVAL;
        return -1;
    }
    if (count > 0) {
        size_t size = (size_t)count * sizeof(int);
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(size);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(size);
        memcpy(CMSG_DATA(header), descriptors, size);
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (sent < 0 && errno == EINTR);
    return sent;
}

long gatelodge_receive(int socket, void *bytes, long room, int *descriptors, int *count) {
    struct iovec part = {.iov_base = bytes, .iov_len = (size_t)room};
    union control control;
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control};
    ssize_t received;
    do received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    while (received < 0 && errno == EINTR);
    int fit = *count;
    *count = 0;
    if (received < 0) return received;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        const unsigned char *next = CMSG_DATA(header);
        for (size_t left = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int); left > 0; left--, next += sizeof(int)) {
            int descriptor;
            memcpy(&descriptor, next, sizeof descriptor);
            if (*count < fit) descriptors[(*count)++] = descriptor;
            else close(descriptor);
        }
    }
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        while (*count > 0) close(descriptors[--*count]);
        errno = EMSGSIZE;
        return -1;
    }
    return received;
}

int gatelodge_signals(const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int index = 0; index < count; index++) sigaddset(&set, signals[index]);
    errno = pthread_sigmask(SIG_BLOCK, &set, NULL);
    return errno == 0 ? signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK) : -1;
}

int gatelodge_next_signal(int descriptor) {
    struct signalfd_siginfo info;
    return read(descriptor, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : -1;
}

int gatelodge_undumpable(void) {
    int result = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    return result == 0 ? prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) : result;
}

int gatelodge_spawn(const char *program, char *const arguments[], char *const environment[], int input, int channel,
                    int *process_id) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int status = posix_spawn_file_actions_init(&actions);
    if (status != 0) return status;
    status = posix_spawnattr_init(&attributes);
    if (status == 0) {
        pid_t process = 0;
        (void)((status = posix_spawn_file_actions_adddup2(&actions, input, 0)) ||
               (status = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)) ||
               (channel >= 0 && (status = posix_spawn_file_actions_adddup2(&actions, channel, 3))) ||
               (status = posix_spawn_file_actions_addclosefrom_np(&actions, channel >= 0 ? 4 : 3)) ||
               (status = posix_spawnattr_setsigmask(&attributes, &none)) ||
               (status = posix_spawnattr_setsigdefault(&attributes, &all)) ||
               (status = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)) ||
               (status = posix_spawn(&process, program, &actions, &attributes, arguments, environment)));
        *process_id = process;
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return status;
}

int gatelodge_memory_file(const char *name) {
    return memfd_create(name, 0);
}

int gatelodge_notify(const char *path, const char *message) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address.sun_path) return -1;
    memcpy(address.sun_path, path, length);
    if (path[0] == '@') address.sun_path[0] = 0;
    int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    ssize_t sent = sendto(descriptor, message, strlen(message), MSG_NOSIGNAL, (const struct sockaddr *)&address,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
    close(descriptor);
    return sent < 0 ? -1 : 0;
}

int gatelodge_file_system(const char *path, uint32_t *magic) {
    struct statfs status;
    if (statfs(path, &status) != 0) return -1;
    *magic = (uint32_t)status.f_type;
    return 0;
}
