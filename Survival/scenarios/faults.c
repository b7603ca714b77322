/* Loaded before the C library: lets one call of a kind fail, or all from one on, in the process that the file named by
   FAULTS says. Calls that the C library makes of itself are not seen. Memory is counted where SQLite asks for it: a Swift
   program without memory ends by definition. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITE = 1, SYNC, OPEN, MAP, TRUNCATE, READ, LOCK, MEMORY };
/* Instead of an error number. */
enum { KILL = -1, TRAP = -2 };

/* `faults.py` has the same. */
static struct plan {
    _Atomic int process, kind, error, lasts, left, failed;
} *plan;

static uintptr_t sqlite_begin, sqlite_end;

static int find_sqlite(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size, (void)unused;
    if (!strstr(info->dlpi_name, "/libsqlite3.so")) return 0;
    for (int number = 0; number < info->dlpi_phnum; number++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[number];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X)) continue;
        sqlite_begin = info->dlpi_addr + part->p_vaddr;
        sqlite_end = sqlite_begin + part->p_memsz;
    }
    return 1;
}

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULTS");
    int file = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    dl_iterate_phdr(find_sqlite, NULL);
    if (page != MAP_FAILED) plan = page;
}

/* The error with which this call fails, or 0. Process 0 stands for every one. */
static int fault(int kind) {
    if (!plan || plan->kind != kind || (plan->process && plan->process != getpid())) return 0;
    int left = atomic_fetch_sub(&plan->left, 1);
    if (left > 1 || (left < 1 && !plan->lasts)) return 0;
    plan->failed++;
    return plan->error;
}

static int fail(int error) {
    if (error == KILL) kill(getpid(), SIGKILL);
    if (error == TRAP) __builtin_trap();
    errno = error;
    return -1;
}

static int is_file(int descriptor) {
    struct stat status;
    return plan && plan->kind && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* A disk that fails has often written a part. */
#define WRITING(name) \
    ssize_t name(int descriptor, const void *bytes, size_t count, off64_t offset) { \
        REAL(name); \
        int error = is_file(descriptor) ? fault(WRITE) : 0; \
        if (error && real(descriptor, bytes, count / 2, offset) < 0) error = errno; \
        return error ? fail(error) : real(descriptor, bytes, count, offset); \
    }
WRITING(pwrite)
WRITING(pwrite64)

ssize_t write(int descriptor, const void *bytes, size_t count) {
    REAL(write);
    int error = is_file(descriptor) ? fault(WRITE) : 0;
    return error ? fail(error) : real(descriptor, bytes, count);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t offset) {
    REAL(pread64);
    int error = fault(READ);
    return error ? fail(error) : real(descriptor, bytes, count, offset);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
    REAL(read);
    int error = is_file(descriptor) ? fault(READ) : 0;
    return error ? fail(error) : real(descriptor, bytes, count);
}

int fsync(int descriptor) {
    REAL(fsync);
    int error = fault(SYNC);
    return error ? fail(error) : real(descriptor);
}

int fdatasync(int descriptor) {
    REAL(fdatasync);
    int error = fault(SYNC);
    return error ? fail(error) : real(descriptor);
}

#define TRUNCATING(name) \
    int name(int descriptor, off64_t length) { \
        REAL(name); \
        int error = fault(TRUNCATE); \
        return error ? fail(error) : real(descriptor, length); \
    }
TRUNCATING(ftruncate)
TRUNCATING(ftruncate64)

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        int error = fault(OPEN); \
        return error ? fail(error) : real(path, flags, mode); \
    }
OPENING(open)
OPENING(open64)

int fcntl64(int descriptor, int command, ...) {
    REAL(fcntl64);
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    /* Letting go of a lock does not fail. */
    int takes = command == F_SETLK && ((struct flock *)argument)->l_type != F_UNLCK;
    int error = takes ? fault(LOCK) : 0;
    return error ? fail(error) : real(descriptor, command, argument);
}

void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    REAL(mmap64);
    int error = fault(MAP);
    return error ? (fail(error), MAP_FAILED) : real(address, length, protection, flags, descriptor, offset);
}

void *__libc_malloc(size_t size);
void *__libc_realloc(void *memory, size_t size);

static int is_sqlite(const void *caller) {
    return (uintptr_t)caller >= sqlite_begin && (uintptr_t)caller < sqlite_end;
}

void *malloc(size_t size) {
    int error = is_sqlite(__builtin_return_address(0)) ? fault(MEMORY) : 0;
    return error ? (fail(error), NULL) : __libc_malloc(size);
}

void *realloc(void *memory, size_t size) {
    int error = is_sqlite(__builtin_return_address(0)) ? fault(MEMORY) : 0;
    return error ? (fail(error), NULL) : __libc_realloc(memory, size);
}
