#pragma once
#include <sys/epoll.h>

// struct epoll_event is packed on x86-64 and holds a union; Swift imports neither.
static inline int gatelodge_epoll_add(int epoll, int descriptor, unsigned int events, unsigned long long token) {
    struct epoll_event event = {.events = events, .data = {.u64 = token}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}
