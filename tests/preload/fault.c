/* fault.c - loaded before a program's libraries: one call of the C library or of SQLite fails in the process that is
 * started, not in its children, or the process is killed there.
 *
 * FAULT is "CALL[@PART] NUMBER ERRNO": "write 3 28": the third write fails with ENOSPC; "write@ledger.jsonl 1 5": the
 * first write to a file whose path has that PART fails with EIO. ERRNO -1: half of it is written; -2: SIGKILL in place of
 * the call; -3: SIGKILL after it. Of SQLite's calls (sql-…), ERRNO is the result code. FAULT_COUNT: a file that is given
 * the number of calls of each. (tests/test_faults.py)
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HALF = -1, KILL = -2, KILL_AFTER = -3 };

typedef enum {
  OPEN,
  WRITE,
  FSYNC,
  RENAME,
  LINK,
  MMAP,
  TRUNCATE,
  SQL_OPEN,
  SQL_PREPARE,
  SQL_STEP,
  SQL_EXEC,
  CALLS
} Call;

static const char *const names[CALLS] = {"open",     "write",    "fsync",       "rename",   "link",    "mmap",
                                         "truncate", "sql-open", "sql-prepare", "sql-step", "sql-exec"};

static int counts[CALLS], fail_call = -1, fail_number, fail_errno, dies_after;
static char part[128];
static pid_t own;
static int is_fork; /* a child with a memory of its own, which may not ask for more than its number */

static void
begin_fork (void)
{
  is_fork = 1;
}

__attribute__ ((constructor)) static void
begin (void)
{
  char name[160];
  const char *fault = getenv ("FAULT");
  own = getpid ();
  pthread_atfork (NULL, NULL, begin_fork);
  if (!fault || sscanf (fault, "%159s %d %d", name, &fail_number, &fail_errno) != 3)
    return;
  char *at = strchr (name, '@');
  if (at) {
    *at = 0;
    snprintf (part, sizeof part, "%s", at + 1);
  }
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

/* The process that is started, or one that works in its memory while it waits (vfork), in a session of its own. */
static int
is_own (void)
{
  return getpid () == own || (!is_fork && getppid () == own && getsid (0) == getpid ());
}

/* Kills the process that is started, and its group where it leads one; what works for it in another goes on. */
static void
die (void)
{
  kill (getpgid (own) == own ? -own : own, SIGKILL);
  while (getpid () == own)
    pause ();
}

/* Whether this CALL is the one that fails; PATH: of the file, the new one where there are two. */
static int
fails (Call call, const char *path)
{
  if (!is_own () || ((int)call == fail_call && *part && !(path && strstr (path, part))))
    return 0;
  counts[call]++;
  if ((int)call != fail_call || counts[call] != fail_number)
    return 0;
  if (fail_errno == KILL) {
    die ();
    return 0;
  }
  dies_after = fail_errno == KILL_AFTER;
  errno = fail_errno;
  return !dies_after;
}

/* The same of an open file. */
static int
fails_on (Call call, int file)
{
  char link[32], path[4096] = "";
  if (*part && is_own ()) {
    snprintf (link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink (link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
  }
  return fails (call, path);
}

/* RESULT, if the process lives to see it. */
static long
after (long result)
{
  if (dies_after)
    die ();
  return result;
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
    return !is_system (path) && fails (OPEN, path) ? -1 : (int)after (REAL (name) (folder, path, flags, mode));        \
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
    return !is_system (path) && fails (OPEN, path) ? -1 : (int)after (REAL (name) (path, flags, mode));                \
  }
OPEN_PATH (open)
OPEN_PATH (open64)

ssize_t
write (int file, const void *bytes, size_t size)
{
  if (!fails_on (WRITE, file))
    return after (REAL (write) (file, bytes, size));
  return fail_errno == HALF ? REAL (write) (file, bytes, (size + 1) / 2) : -1;
}

#define PWRITE(name)                                                                                                   \
  ssize_t name (int file, const void *bytes, size_t size, off_t at)                                                    \
  {                                                                                                                    \
    if (!fails_on (WRITE, file))                                                                                       \
      return after (REAL (name) (file, bytes, size, at));                                                              \
    return fail_errno == HALF ? REAL (name) (file, bytes, (size + 1) / 2, at) : -1;                                    \
  }
PWRITE (pwrite)
PWRITE (pwrite64)

int
fsync (int file)
{
  return fails_on (FSYNC, file) ? -1 : (int)after (REAL (fsync) (file));
}

int
fdatasync (int file)
{
  return fails_on (FSYNC, file) ? -1 : (int)after (REAL (fdatasync) (file));
}

int
rename (const char *from, const char *to)
{
  return fails (RENAME, to) ? -1 : (int)after (REAL (rename) (from, to));
}

int
renameat (int from_folder, const char *from, int to_folder, const char *to)
{
  return fails (RENAME, to) ? -1 : (int)after (REAL (renameat) (from_folder, from, to_folder, to));
}

int
renameat2 (int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
  return fails (RENAME, to) ? -1 : (int)after (REAL (renameat2) (from_folder, from, to_folder, to, flags));
}

int
linkat (int from_folder, const char *from, int to_folder, const char *to, int flags)
{
  return fails (LINK, to) ? -1 : (int)after (REAL (linkat) (from_folder, from, to_folder, to, flags));
}

int
link (const char *from, const char *to)
{
  return fails (LINK, to) ? -1 : (int)after (REAL (link) (from, to));
}

#define MMAP_AS(name)                                                                                                  \
  void *name (void *at, size_t size, int protection, int flags, int file, off_t start)                                 \
  {                                                                                                                    \
    return file >= 0 && fails_on (MMAP, file) ? MAP_FAILED : REAL (name) (at, size, protection, flags, file, start);   \
  }
MMAP_AS (mmap)
MMAP_AS (mmap64)

#define TRUNCATE_AS(name)                                                                                              \
  int name (int file, off_t size)                                                                                      \
  {                                                                                                                    \
    return fails_on (TRUNCATE, file) ? -1 : (int)after (REAL (name) (file, size));                                     \
  }
TRUNCATE_AS (ftruncate)
TRUNCATE_AS (ftruncate64)

/* SQLite. Its handles are pointers here, so that its header is not needed. */

int
sqlite3_open_v2 (const char *path, void **database, int flags, const char *vfs)
{
  int opened = ((int (*) (const char *, void **, int, const char *))dlsym (RTLD_NEXT, "sqlite3_open_v2")) (
      path, database, flags, vfs);
  return fails (SQL_OPEN, path) ? fail_errno : (int)after (opened);
}

typedef int (*Prepare) (void *database, const char *sql, int bytes, unsigned flags, void **statement,
                        const char **rest);

int
sqlite3_prepare_v3 (void *database, const char *sql, int bytes, unsigned flags, void **statement, const char **rest)
{
  if (!fails (SQL_PREPARE, sql))
    return (int)after (
        ((Prepare)dlsym (RTLD_NEXT, "sqlite3_prepare_v3")) (database, sql, bytes, flags, statement, rest));
  *statement = NULL;
  return fail_errno;
}

int
sqlite3_prepare_v2 (void *database, const char *sql, int bytes, void **statement, const char **rest)
{
  return sqlite3_prepare_v3 (database, sql, bytes, 0, statement, rest);
}

int
sqlite3_step (void *statement)
{
  return fails (SQL_STEP, NULL) ? fail_errno
                                : (int)after (((int (*) (void *))dlsym (RTLD_NEXT, "sqlite3_step")) (statement));
}

int
sqlite3_exec (void *database, const char *sql, int (*call) (void *, int, char **, char **), void *data, char **message)
{
  typedef int (*Exec) (void *, const char *, int (*) (void *, int, char **, char **), void *, char **);
  if (!fails (SQL_EXEC, sql))
    return (int)after (((Exec)dlsym (RTLD_NEXT, "sqlite3_exec")) (database, sql, call, data, message));
  if (message)
    *message = NULL;
  return fail_errno;
}
