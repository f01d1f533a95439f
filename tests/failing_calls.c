// Preloaded into lutra by the fault test: the N-th call of one kind fails, as on a full disk or out of memory.
//
//   LUTRA_FAULT=KIND:N    kinds: write open rename fsync start memory; N from 1, 0: none fails
//   LUTRA_FAULT_COUNTS=F  at the end, how many calls of each kind there were is written to this file
//
// The programs that lutra starts are left alone.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { call_write, call_open, call_rename, call_fsync, call_start, call_memory, kinds };
static const char* const names[kinds] = {"write", "open", "rename", "fsync", "start", "memory"};
static const int errors[kinds] = {ENOSPC, EACCES, EIO, EIO, EAGAIN, ENOMEM};

static atomic_long calls[kinds];
static int chosen = -1;
static long chosen_call;
static char counts_file[4096];

static int fails(enum kind kind) {
  const long number = atomic_fetch_add(&calls[kind], 1) + 1;
  if ((int)kind != chosen || number != chosen_call) return 0;
  errno = errors[kind];
  return 1;
}

__attribute__((constructor)) static void begin(void) {
  const char* fault = getenv("LUTRA_FAULT");
  const char* counts = getenv("LUTRA_FAULT_COUNTS");
  if (counts) snprintf(counts_file, sizeof counts_file, "%s", counts);
  for (int kind = 0; fault && kind < kinds; ++kind) {
    const size_t length = strlen(names[kind]);
    if (strncmp(fault, names[kind], length) != 0 || fault[length] != ':') continue;
    chosen_call = atol(fault + length + 1);
    chosen = kind;
  }
  unsetenv("LD_PRELOAD");
  unsetenv("LUTRA_FAULT");
  unsetenv("LUTRA_FAULT_COUNTS");
  for (int kind = 0; kind < kinds; ++kind) atomic_store(&calls[kind], 0);
}

__attribute__((destructor)) static void end(void) {
  chosen = -1;
  FILE* out = counts_file[0] ? fopen(counts_file, "w") : NULL;
  if (!out) return;
  for (int kind = 0; kind < kinds; ++kind) fprintf(out, "%s %ld\n", names[kind], atomic_load(&calls[kind]));
  fclose(out);
}

// The function of the C library behind ours.
#define REAL(name)                         \
  static __typeof__(&name) real;           \
  if (!real) {                             \
    void* const found = dlsym(RTLD_NEXT, #name); \
    memcpy(&real, &found, sizeof real);    \
  }
#define FORWARD(kind, failure, type, name, parameters, arguments) \
  type name parameters {                                          \
    REAL(name)                                                    \
    if (fails(kind)) return failure;                              \
    return real arguments;                                        \
  }

FORWARD(call_write, -1, ssize_t, write, (int file, const void* from, size_t size), (file, from, size))
FORWARD(call_write, -1, ssize_t, pwrite, (int file, const void* from, size_t size, off_t at), (file, from, size, at))
FORWARD(call_write, -1, ssize_t, pwrite64, (int file, const void* from, size_t size, off64_t at), (file, from, size, at))
FORWARD(call_write, -1, ssize_t, writev, (int file, const struct iovec* from, int parts), (file, from, parts))
FORWARD(call_write, -1, int, ftruncate, (int file, off_t size), (file, size))
FORWARD(call_write, -1, int, ftruncate64, (int file, off64_t size), (file, size))
FORWARD(call_write, -1, int, mkdir, (const char* path, mode_t mode), (path, mode))
FORWARD(call_write, -1, int, symlink, (const char* target, const char* path), (target, path))
FORWARD(call_open, NULL, FILE*, fopen, (const char* path, const char* mode), (path, mode))
FORWARD(call_open, NULL, FILE*, fopen64, (const char* path, const char* mode), (path, mode))
FORWARD(call_open, -1, int, pipe2, (int ends[2], int flags), (ends, flags))
FORWARD(call_rename, -1, int, rename, (const char* from, const char* to), (from, to))
FORWARD(call_fsync, -1, int, fsync, (int file), (file))
FORWARD(call_fsync, -1, int, fdatasync, (int file), (file))
FORWARD(call_start, -1, pid_t, fork, (void), ())

int posix_spawn(pid_t* child, const char* path, const posix_spawn_file_actions_t* files,
                const posix_spawnattr_t* attributes, char* const arguments[], char* const environment[]) {
  REAL(posix_spawn)
  return fails(call_start) ? errno : real(child, path, files, attributes, arguments, environment);
}

static mode_t mode_of(int flags, va_list rest) { return (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; }

#define FORWARD_OPEN(name)                      \
  int name(const char* path, int flags, ...) {  \
    va_list rest;                               \
    va_start(rest, flags);                      \
    const mode_t mode = mode_of(flags, rest);   \
    va_end(rest);                               \
    REAL(name)                                  \
    return fails(call_open) ? -1 : real(path, flags, mode); \
  }
FORWARD_OPEN(open)
FORWARD_OPEN(open64)

#define FORWARD_OPENAT(name)                             \
  int name(int folder, const char* path, int flags, ...) { \
    va_list rest;                                        \
    va_start(rest, flags);                               \
    const mode_t mode = mode_of(flags, rest);            \
    va_end(rest);                                        \
    REAL(name)                                           \
    return fails(call_open) ? -1 : real(folder, path, flags, mode); \
  }
FORWARD_OPENAT(openat)
FORWARD_OPENAT(openat64)

// dlsym() itself takes memory, so these have the C library's own names behind them.
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* old, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

void* malloc(size_t size) { return fails(call_memory) ? NULL : __libc_malloc(size); }
void* calloc(size_t count, size_t size) { return fails(call_memory) ? NULL : __libc_calloc(count, size); }
void* realloc(void* old, size_t size) { return fails(call_memory) ? NULL : __libc_realloc(old, size); }
void* aligned_alloc(size_t alignment, size_t size) {
  return fails(call_memory) ? NULL : __libc_memalign(alignment, size);
}
int posix_memalign(void** to, size_t alignment, size_t size) {
  if (fails(call_memory)) return ENOMEM;
  *to = __libc_memalign(alignment, size);
  return *to ? 0 : ENOMEM;
}
