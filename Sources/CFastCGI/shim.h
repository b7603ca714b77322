#pragma once
#include <stddef.h>
#include <fcgiapp.h>

// The descriptor is lent by writing these three fields, so their places are part of what we rely on.
#if defined(__x86_64__)
_Static_assert(offsetof(FCGX_Request, ipcFd) == 48, "FCGX_Request.ipcFd has moved");
_Static_assert(offsetof(FCGX_Request, keepConnection) == 56, "FCGX_Request.keepConnection has moved");
_Static_assert(offsetof(FCGX_Request, detached) == 76, "FCGX_Request.detached has moved");
#endif
