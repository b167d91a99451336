/* fault.c - loaded before a program's libraries: one call of the C library fails in the process that is started, not in
 * its children. FAULT is "CALL NUMBER ERRNO" ("write 3 28"): the third write fails with ENOSPC; ERRNO -1: half of it is
 * written. FAULT_COUNT: a file that is given the number of calls of each. (tests/test_faults.py)
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HALF = -1 };

typedef enum { OPEN, WRITE, FSYNC, RENAME, LINK, MMAP, TRUNCATE, CALLS } Call;

static const char *const names[CALLS] = {"open", "write", "fsync", "rename", "link", "mmap", "truncate"};

static int counts[CALLS], fail_call = -1, fail_number, fail_errno;
static pid_t own;

__attribute__ ((constructor)) static void
begin (void)
{
  char name[16];
  const char *fault = getenv ("FAULT");
  own = getpid ();
  if (fault && sscanf (fault, "%15s %d %d", name, &fail_number, &fail_errno) == 3)
    for (int i = 0; i < CALLS; i++)
      if (!strcmp (name, names[i]))
        fail_call = i;
}

__attribute__ ((destructor)) static void
end (void)
{
  const char *path = getenv ("FAULT_COUNT");
  FILE *file = path && getpid () == own ? fopen (path, "w") : NULL;
  for (int i = 0; file && i < CALLS; i++)
    fprintf (file, "%s %d\n", names[i], counts[i]);
  if (file)
    fclose (file);
}

/* Whether this CALL is the one that fails. */
static int
fails (Call call)
{
  if (getpid () != own)
    return 0;
  counts[call]++;
  if ((int)call != fail_call || counts[call] != fail_number)
    return 0;
  errno = fail_errno;
  return 1;
}

#define REAL(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

/* Files that the system keeps for programs are left alone. */
static int
is_system (const char *path)
{
  return !strncmp (path, "/usr/", 5) || !strncmp (path, "/proc/", 6) || !strncmp (path, "/sys/", 5) ||
         !strncmp (path, "/etc/", 5);
}

#define OPEN_AT(name)                                                                                                  \
  int name (int folder, const char *path, int flags, ...)                                                              \
  {                                                                                                                    \
    va_list rest;                                                                                                      \
    va_start (rest, flags);                                                                                            \
    mode_t mode = va_arg (rest, mode_t);                                                                               \
    va_end (rest);                                                                                                     \
    return !is_system (path) && fails (OPEN) ? -1 : REAL (name) (folder, path, flags, mode);                           \
  }
OPEN_AT (openat)
OPEN_AT (openat64)

#define OPEN_PATH(name)                                                                                                \
  int name (const char *path, int flags, ...)                                                                          \
  {                                                                                                                    \
    va_list rest;                                                                                                      \
    va_start (rest, flags);                                                                                            \
    mode_t mode = va_arg (rest, mode_t);                                                                               \
    va_end (rest);                                                                                                     \
    return !is_system (path) && fails (OPEN) ? -1 : REAL (name) (path, flags, mode);                                   \
  }
OPEN_PATH (open)
OPEN_PATH (open64)

ssize_t
write (int file, const void *bytes, size_t size)
{
  if (!fails (WRITE))
    return REAL (write) (file, bytes, size);
  return fail_errno == HALF ? REAL (write) (file, bytes, (size + 1) / 2) : -1;
}

#define PWRITE(name)                                                                                                   \
  ssize_t name (int file, const void *bytes, size_t size, off_t at)                                                    \
  {                                                                                                                    \
    if (!fails (WRITE))                                                                                                \
      return REAL (name) (file, bytes, size, at);                                                                      \
    return fail_errno == HALF ? REAL (name) (file, bytes, (size + 1) / 2, at) : -1;                                    \
  }
PWRITE (pwrite)
PWRITE (pwrite64)

int
fsync (int file)
{
  return fails (FSYNC) ? -1 : REAL (fsync) (file);
}

int
fdatasync (int file)
{
  return fails (FSYNC) ? -1 : REAL (fdatasync) (file);
}

int
rename (const char *from, const char *to)
{
  return fails (RENAME) ? -1 : REAL (rename) (from, to);
}

int
renameat (int from_folder, const char *from, int to_folder, const char *to)
{
  return fails (RENAME) ? -1 : REAL (renameat) (from_folder, from, to_folder, to);
}

int
renameat2 (int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
  return fails (RENAME) ? -1 : REAL (renameat2) (from_folder, from, to_folder, to, flags);
}

int
linkat (int from_folder, const char *from, int to_folder, const char *to, int flags)
{
  return fails (LINK) ? -1 : REAL (linkat) (from_folder, from, to_folder, to, flags);
}

int
link (const char *from, const char *to)
{
  return fails (LINK) ? -1 : REAL (link) (from, to);
}

#define MMAP_AS(name)                                                                                                  \
  void *name (void *at, size_t size, int protection, int flags, int file, off_t start)                                 \
  {                                                                                                                    \
    return file >= 0 && fails (MMAP) ? MAP_FAILED : REAL (name) (at, size, protection, flags, file, start);            \
  }
MMAP_AS (mmap)
MMAP_AS (mmap64)

#define TRUNCATE_AS(name)                                                                                              \
  int name (int file, off_t size)                                                                                      \
  {                                                                                                                    \
    return fails (TRUNCATE) ? -1 : REAL (name) (file, size);                                                           \
  }
TRUNCATE_AS (ftruncate)
TRUNCATE_AS (ftruncate64)
