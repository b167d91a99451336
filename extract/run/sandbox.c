/* sandbox.c - see sandbox.h */
#include "run/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <iconv.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "model/error.h"
#include "run/process.h"

enum {
  TEXT = 1 << SANDBOX_TEXT,
  DOCUMENT = 1 << SANDBOX_DOCUMENT,
  PICTURES = 1 << SANDBOX_PICTURES,
  OFFICE = 1 << SANDBOX_OFFICE,
  FETCH = 1 << SANDBOX_FETCH,
  FILES = DOCUMENT | PICTURES,
  READING = TEXT | FILES,
};

/* Stands for the number of the process in a list that is made before the process is; no process has it. */
#define OWN_PROCESS 0x7ffffff5u

/* The highest descriptor of a reading: standard ones, the answer, LibreOffice's process. */
#define LAST_DESCRIPTOR SANDBOX_OFFICE_SOCKET
#define FILES_LIMIT 64

/* An open for reading: no other access, nothing made, cut or without a name. */
#define WRITING_FLAGS (O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY))

/* WITHOUT: none of the bits of the value; WITH: all of them; OWN_LIMIT: a limit of the process itself. */
typedef enum { ANY, EQUAL, AT_MOST, WITHOUT, WITH, OWN_LIMIT } ArgumentTest;

/* A system call. It is allowed where the test of its argument holds; several lines of a call: where one does. */
typedef struct {
  int call, kinds;
  const char *for_what;
  ArgumentTest test;
  unsigned argument;
  guint64 value;
  int refusal; /* not 0: it is refused with this error instead, and the process goes on */
} AllowedCall;

/* A web page or text needs memory, to write, and to end: write, brk, mmap, munmap, mremap and exit_group, and a lock's call
 * where something is made once. The rest of TEXT is what abort calls, so that a crash is told as one. */
static const AllowedCall allowed_calls[] = {
    {SCMP_SYS (read), FILES | FETCH, "the input; character maps"},
    {SCMP_SYS (write), READING, "the answer; what libraries say", AT_MOST, 0, LAST_DESCRIPTOR},
    {SCMP_SYS (writev), READING, "what C++ and the C library say", AT_MOST, 0, LAST_DESCRIPTOR},
    {SCMP_SYS (exit_group), READING | FETCH, "the end"},
    {SCMP_SYS (exit), FILES | FETCH, "the end of a thread"},

    {SCMP_SYS (brk), READING | FETCH, "memory"},
    {SCMP_SYS (mmap), READING, "memory; never the code of a file", WITHOUT, 2, PROT_EXEC},
    {SCMP_SYS (mmap), READING, "patterns compiled to code by PCRE2", WITH, 3, MAP_ANONYMOUS},
    {SCMP_SYS (munmap), READING | FETCH, "memory"},
    {SCMP_SYS (mremap), READING | FETCH, "memory that grows"},
    {SCMP_SYS (madvise), FILES | FETCH, "memory that is given back"},
    {SCMP_SYS (mprotect), FILES, "the heaps of threads; never code", WITHOUT, 2, PROT_EXEC},
    {SCMP_SYS (sysinfo), FILES | FETCH, "qsort asks how much memory there is"},
    {SCMP_SYS (futex), READING | FETCH, "locks; what is made once"},

    {SCMP_SYS (rt_sigaction), READING | FETCH, "a crash, told truly"},
    {SCMP_SYS (rt_sigprocmask), READING | FETCH, "the same; threads"},
    {SCMP_SYS (rt_sigreturn), READING | FETCH, "the end of a signal's handler"},
    {SCMP_SYS (getpid), READING | FETCH, "abort"},
    {SCMP_SYS (gettid), READING | FETCH, "abort"},
    {SCMP_SYS (tgkill), READING | FETCH, "abort: a signal to itself", EQUAL, 0, OWN_PROCESS},
    {SCMP_SYS (clock_gettime), FILES | FETCH, "the time, where the kernel maps no clock"},
    {SCMP_SYS (gettimeofday), FILES | FETCH, "the same"},

    {SCMP_SYS (getpeername), FILES, "GLib's last words: is standard error the journal?", ANY, 0, 0, ENOTSOCK},

    {SCMP_SYS (seccomp), FILES, "the list for texts, which is narrower", EQUAL, 0, SECCOMP_SET_MODE_FILTER},
    {SCMP_SYS (lseek), FILES | FETCH, "the input's checksum where it is too large; character maps"},
    {SCMP_SYS (openat), FILES | FETCH, "character maps and fonts, for reading", WITHOUT, 2, WRITING_FLAGS},
    {SCMP_SYS (open), FILES | FETCH, "the same", WITHOUT, 1, WRITING_FLAGS},
    {SCMP_SYS (close), FILES | FETCH, "the same"},
    {SCMP_SYS (fstat), FILES | FETCH, "the same"},
    {SCMP_SYS (newfstatat), FILES | FETCH, "the same: Poppler looks through its folders"},
    {SCMP_SYS (getdents64), FILES | FETCH, "the same"},
    {SCMP_SYS (pread64), FILES | FETCH, "fonts"},
    {SCMP_SYS (getrandom), FILES | FETCH, "GLib's hash tables, temporary names"},
    {SCMP_SYS (prlimit64), FILES | FETCH, "what the limits are", EQUAL, 2, 0},
    {SCMP_SYS (prlimit64), FILES, "more CPU time for pictures, within the limit set before", OWN_LIMIT, 1, RLIMIT_CPU},
    {SCMP_SYS (ioctl), FILES | FETCH, "the C library asks whether it writes to a terminal", ANY, 0, 0, ENOTTY},

    {SCMP_SYS (fstatfs), PICTURES, "fontconfig: its cache"},
    {SCMP_SYS (statfs), PICTURES, "the same"},
    {SCMP_SYS (stat), PICTURES | FETCH, "the same"},
    {SCMP_SYS (access), PICTURES | FETCH, "the same"},
    {SCMP_SYS (readlink), PICTURES | FETCH, "the same"},
    {SCMP_SYS (readlinkat), PICTURES | FETCH, "the same"},
    {SCMP_SYS (fadvise64), PICTURES, "the same"},
    {SCMP_SYS (lstat), PICTURES, "the same"},
    {SCMP_SYS (fcntl), PICTURES | FETCH, "the same: it locks its cache"},
    {SCMP_SYS (getuid), PICTURES | FETCH, "the same"},
    {SCMP_SYS (geteuid), PICTURES | FETCH, "the same"},
    {SCMP_SYS (getgid), PICTURES | FETCH, "the same"},
    {SCMP_SYS (getegid), PICTURES | FETCH, "the same"},
    {SCMP_SYS (sched_getaffinity), PICTURES | FETCH, "OpenMP, which Tesseract is built with"},
    {SCMP_SYS (sched_yield), PICTURES | FETCH, "the same"},
    {SCMP_SYS (unlink), PICTURES, "fontconfig renews a cache that is old", ANY, 0, 0, EACCES},
    {SCMP_SYS (mkdir), PICTURES, "the same", ANY, 0, 0, EACCES},
    {SCMP_SYS (chmod), PICTURES, "the same", ANY, 0, 0, EACCES},
    {SCMP_SYS (openat), PICTURES | FETCH, "the same", WITH, 2, O_WRONLY, EACCES},
    {SCMP_SYS (openat), PICTURES | FETCH, "the same; a temporary file", WITH, 2, O_RDWR, EACCES},

    {SCMP_SYS (write), FETCH, "bodies, and what was fetched"},
    {SCMP_SYS (writev), FETCH, "the same"},
    {SCMP_SYS (pwrite64), FETCH, "the same"},
    {SCMP_SYS (ftruncate), FETCH, "a body that begins anew"},
    {SCMP_SYS (memfd_create), FETCH, "bodies: files without a name, in memory"},
    {SCMP_SYS (mmap), FETCH, "memory; the modules of the C library that look names up"},
    {SCMP_SYS (mprotect), FETCH, "the same"},
    {SCMP_SYS (socket), FETCH, "the network"},
    {SCMP_SYS (socketpair), FETCH, "curl wakes its threads"},
    {SCMP_SYS (connect), FETCH, "the network"},
    {SCMP_SYS (bind), FETCH, "names of hosts: getaddrinfo asks the kernel for its addresses"},
    {SCMP_SYS (sendto), FETCH, "the network"},
    {SCMP_SYS (sendmsg), FETCH, "the same; a body to the parent"},
    {SCMP_SYS (sendmmsg), FETCH, "names of hosts"},
    {SCMP_SYS (recvfrom), FETCH, "the network"},
    {SCMP_SYS (recvmsg), FETCH, "the same"},
    {SCMP_SYS (getsockname), FETCH, "the same"},
    {SCMP_SYS (getpeername), FETCH, "the same"},
    {SCMP_SYS (getsockopt), FETCH, "the same"},
    {SCMP_SYS (setsockopt), FETCH, "the same"},
    {SCMP_SYS (shutdown), FETCH, "the same"},
    {SCMP_SYS (poll), FETCH, "waiting"},
    {SCMP_SYS (ppoll), FETCH, "the same"},
    {SCMP_SYS (pipe2), FETCH, "curl wakes itself"},
    {SCMP_SYS (pipe), FETCH, "the same"},
    {SCMP_SYS (eventfd2), FETCH, "the same"},
    {SCMP_SYS (uname), FETCH, "names of hosts"},
    {SCMP_SYS (dup), FETCH, "a body that is handed on"},
    {SCMP_SYS (clone), PICTURES | FETCH, "threads: pages at once, names of hosts; never a process", WITH, 0,
     CLONE_THREAD | CLONE_VM},
    {SCMP_SYS (clone3), PICTURES | FETCH, "the same: its flags cannot be seen, so clone is taken", ANY, 0, 0, ENOSYS},
    {SCMP_SYS (set_robust_list), PICTURES | FETCH, "a thread"},
    {SCMP_SYS (rseq), PICTURES | FETCH, "the same"},
    {SCMP_SYS (prctl), PICTURES | FETCH, "the name of a thread", EQUAL, 0, PR_SET_NAME},
};

/* What LibreOffice, which is far too much for a list of what it may, may not. */
static const int refused_to_office[] = {
    SCMP_SYS (ptrace),
    SCMP_SYS (process_vm_readv),
    SCMP_SYS (process_vm_writev),
    SCMP_SYS (process_madvise),
    SCMP_SYS (pidfd_getfd),
    SCMP_SYS (kcmp),
    SCMP_SYS (bpf),
    SCMP_SYS (perf_event_open),
    SCMP_SYS (io_uring_setup),
    SCMP_SYS (userfaultfd),
    SCMP_SYS (keyctl),
    SCMP_SYS (add_key),
    SCMP_SYS (request_key),
    SCMP_SYS (mount),
    SCMP_SYS (umount2),
    SCMP_SYS (move_mount),
    SCMP_SYS (open_tree),
    SCMP_SYS (fsopen),
    SCMP_SYS (pivot_root),
    SCMP_SYS (chroot),
    SCMP_SYS (setns),
    SCMP_SYS (init_module),
    SCMP_SYS (finit_module),
    SCMP_SYS (kexec_load),
    SCMP_SYS (reboot),
    SCMP_SYS (swapon),
    SCMP_SYS (syslog),
    SCMP_SYS (settimeofday),
    SCMP_SYS (quotactl),
    SCMP_SYS (name_to_handle_at),
};

/* What may be read: files, and folders with all that is in them. Those that do not exist are left out; "~" is the user's
 * folder. */
static const struct {
  const char *path;
  int kinds;
  const char *for_what;
} readable[] = {
    {"/usr/share/poppler", FILES, "the character maps of fonts that are not embedded"},
    {"/etc/fonts", PICTURES, "which fonts there are"},
    {"/usr/share/fontconfig", PICTURES, "the same"},
    {"/usr/share/fonts", PICTURES, "fonts that are not embedded, for the pictures of pages"},
    {"/usr/local/share/fonts", PICTURES, "the same"},
    {"/usr/share/texmf/fonts", PICTURES, "the same"},
    {"/var/cache/fontconfig", PICTURES, "what fontconfig knows of them"},
    {"~/.fonts", PICTURES, "the user's own"},
    {"~/.local/share/fonts", PICTURES, "the same"},
    {"~/.cache/fontconfig", PICTURES, "the same"},
    {"~/.config/fontconfig", PICTURES, "the same"},
    {"/usr/share/tesseract-ocr", PICTURES, "Tesseract's model, where it was not mapped before"},
    {"/usr/share/tessdata", PICTURES, "the same"},
    {"/usr", OFFICE, "the program, its libraries, fonts"},
    {"/opt", OFFICE, "the same, where it is not the distribution's"},
    {"/snap", OFFICE, "the same"},
    {"/lib", OFFICE, "libraries"},
    {"/lib64", OFFICE, "libraries"},
    {"/bin", OFFICE, "its script"},
    {"/etc/fonts", OFFICE, "fonts"},
    {"/etc/libreoffice", OFFICE, "its settings"},
    {"/etc/locale.alias", OFFICE, "its language"},
    {"/etc/ld.so.cache", OFFICE | FETCH, "libraries"},
    {"/etc/localtime", OFFICE | FETCH, "the time"},
    {"/etc/nsswitch.conf", OFFICE | FETCH, "how names are looked up"},
    {"/etc/passwd", OFFICE, "the name of the user"},
    {"/etc/alternatives", OFFICE, "links between packages"},
    {"/var/lib/libreoffice", OFFICE, "its extensions"},
    {"/var/spool/libreoffice", OFFICE, "the same"},
    {"/var/cache/fontconfig", OFFICE, "fonts"},
    {"/proc", OFFICE, "its own memory map, the processors"},
    {"/sys/devices/system/cpu", OFFICE, "the processors"},
    {"/dev/null", OFFICE, "nothing"},
    {"/dev/urandom", OFFICE | FETCH, "names at random, keys"},
    {"/etc/resolv.conf", FETCH, "names of hosts"},
    {"/etc/hosts", FETCH, "the same"},
    {"/etc/host.conf", FETCH, "the same"},
    {"/etc/gai.conf", FETCH, "the same"},
    {"/etc/services", FETCH, "the same"},
    {"/run/systemd/resolve", FETCH, "the same"},
    {"/run/resolvconf", FETCH, "the same"},
    {"/run/NetworkManager", FETCH, "the same"},
    {"/etc/ssl", FETCH, "certificates"},
    {"/etc/pki", FETCH, "the same"},
    {"/etc/ca-certificates", FETCH, "the same"},
    {"/etc/gnutls", FETCH, "the same"},
    {"/etc/pkcs11", FETCH, "the same"},
    {"/usr", FETCH, "the same; the modules that look names up"},
    {"/lib", FETCH, "the same"},
};

/* The bits of Landlock that its header of an older system lacks (Linux 6.2, 6.7, 6.10, 6.12). */
#define FS_REFER (1ull << 13)
#define FS_TRUNCATE (1ull << 14)
#define FS_IOCTL_DEV (1ull << 15)
#define NET_ALL (3ull)   /* to listen and to connect over TCP */
#define SCOPE_ALL (3ull) /* to sockets without a file, and signals, of processes outside */
#define READ_ACCESS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FOLDER_ONLY                                                                                                    \
  (~(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE |         \
     FS_IOCTL_DEV))

/* As of Linux 6.12; an older kernel takes it where what it does not know is 0. */
typedef struct {
  guint64 fs, net, scope;
} LandlockAttributes;

typedef struct {
  struct sock_filter *code;
  unsigned short length;
  int ruleset; /* Landlock's; -1: none */
} Confinement;

struct Sandbox {
  gboolean none;
  int landlock; /* the version of its interface; 0: the kernel has none */
  Confinement confinements[SANDBOX_KINDS];
};

/* Lists of calls */

static int
add_call (scmp_filter_ctx filter, const AllowedCall *allowed)
{
  uint32_t action = allowed->refusal ? SCMP_ACT_ERRNO (allowed->refusal) : SCMP_ACT_ALLOW;
  unsigned at = allowed->argument;
  switch (allowed->test) {
  case EQUAL:
    return seccomp_rule_add (filter, action, allowed->call, 1, SCMP_CMP64 (at, SCMP_CMP_EQ, allowed->value));
  case AT_MOST:
    return seccomp_rule_add (filter, action, allowed->call, 1, SCMP_CMP64 (at, SCMP_CMP_LE, allowed->value));
  case WITH:
    return seccomp_rule_add (filter, action, allowed->call, 1,
                             SCMP_CMP64 (at, SCMP_CMP_MASKED_EQ, allowed->value, allowed->value));
  case OWN_LIMIT:
    return seccomp_rule_add (filter, action, allowed->call, 2, SCMP_CMP64 (0, SCMP_CMP_EQ, 0),
                             SCMP_CMP64 (at, SCMP_CMP_EQ, allowed->value));
  case WITHOUT:
    return seccomp_rule_add (filter, action, allowed->call, 1, SCMP_CMP64 (at, SCMP_CMP_MASKED_EQ, allowed->value, 0));
  default:
    return seccomp_rule_add (filter, action, allowed->call, 0);
  }
}

static int
add_calls (scmp_filter_ctx filter, SandboxKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (allowed_calls); i++) {
    int wrong = allowed_calls[i].kinds & 1 << kind ? add_call (filter, &allowed_calls[i]) : 0;
    if (wrong)
      return wrong;
  }
  return 0;
}

static int
refuse_calls (scmp_filter_ctx filter)
{
  const uint32_t refused = SCMP_ACT_ERRNO (EPERM);
  for (gsize i = 0; i < G_N_ELEMENTS (refused_to_office); i++) {
    int wrong = seccomp_rule_add (filter, refused, refused_to_office[i], 0);
    if (wrong)
      return wrong;
  }
  /* Its processes speak to each other over sockets of files. */
  return seccomp_rule_add (filter, refused, SCMP_SYS (socket), 1, SCMP_CMP64 (0, SCMP_CMP_NE, AF_UNIX));
}

/* The list as the program that the kernel runs on each call. */
static gboolean
compile (scmp_filter_ctx filter, Confinement *confinement)
{
  int file = memfd_create ("calls", MFD_CLOEXEC);
  struct stat status = {0};
  gboolean done = file >= 0 && seccomp_export_bpf (filter, file) == 0 && fstat (file, &status) == 0;
  if (done) {
    confinement->length = status.st_size / sizeof (struct sock_filter);
    confinement->code = g_new (struct sock_filter, confinement->length);
    done = pread (file, confinement->code, status.st_size, 0) == status.st_size;
  }
  if (file >= 0)
    close (file);
  return done;
}

static gboolean
make_list (Sandbox *sandbox, SandboxKind kind)
{
  scmp_filter_ctx filter = seccomp_init (kind == SANDBOX_OFFICE ? SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS);
  if (!filter)
    return FALSE;
  int wrong = kind == SANDBOX_OFFICE ? refuse_calls (filter) : add_calls (filter, kind);
  gboolean done = !wrong && compile (filter, &sandbox->confinements[kind]);
  seccomp_release (filter);
  return done;
}

/* Files */

static gboolean
allow_below (int ruleset, const char *path, guint64 access)
{
  g_autofree char *whole = path[0] == '~' ? g_build_filename (g_get_home_dir (), path + 1, NULL) : g_strdup (path);
  struct stat status;
  int place = open (whole, O_PATH | O_CLOEXEC);
  if (place < 0)
    return errno != EMFILE && errno != ENFILE && errno != ENOMEM; /* else it does not exist, or nobody may read it */
  if (fstat (place, &status) == 0 && !S_ISDIR (status.st_mode))
    access &= ~FOLDER_ONLY;
  struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = place};
  gboolean done = syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
  close (place);
  return done;
}

static LandlockAttributes
attributes_of_version (int version, SandboxKind kind)
{
  LandlockAttributes attributes = {.fs = FS_REFER - 1};
  if (version >= 2)
    attributes.fs |= FS_REFER;
  if (version >= 3)
    attributes.fs |= FS_TRUNCATE;
  if (version >= 5 && kind != SANDBOX_OFFICE)
    attributes.fs |= FS_IOCTL_DEV;
  if (version >= 4 && kind != SANDBOX_FETCH)
    attributes.net = NET_ALL;
  if (version >= 6)
    attributes.scope = SCOPE_ALL;
  return attributes;
}

/* -1 with errno set: it could not be made. */
static int
ruleset_new (int version, SandboxKind kind)
{
  LandlockAttributes attributes = attributes_of_version (version, kind);
  int made = syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  if (made < 0)
    return -1;
  /* Out of the way of those that a child gives their places. */
  int ruleset = fcntl (made, F_DUPFD_CLOEXEC, 16);
  close (made);
  if (ruleset < 0) {
    errno = EMFILE; /* fcntl says EINVAL where no process may have so many */
    return -1;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (readable); i++) {
    guint64 access = READ_ACCESS | (kind == SANDBOX_OFFICE ? LANDLOCK_ACCESS_FS_EXECUTE : 0);
    if (!(readable[i].kinds & 1 << kind) || allow_below (ruleset, readable[i].path, access))
      continue;
    close (ruleset);
    return -1;
  }
  return ruleset;
}

/* In the parent */

static int
compare_bytes (gconstpointer a, gconstpointer b)
{
  return *(const char *)a - *(const char *)b;
}

/* What libraries would load from files when they meet a mail or an XML file in another encoding, a date, a message; kept
 * by the C library as long as the converters are open, which is as long as the program runs. */
static void
load_what_is_loaded_late (void)
{
  static const char *const charsets[] = {"ISO-2022-JP", "SHIFT_JIS",    "CP932", "EUC-JP",
                                         "ISO-8859-1",  "WINDOWS-1252", "UTF-16"};
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    (void)iconv_open ("UTF-8", charsets[i]);
  tzset ();
  /* Of many, the first time, qsort asks how much memory there is. */
  char many[4096] = {0};
  qsort (many, sizeof many, 1, compare_bytes);
  /* Translations: the program's, GLib's, the C library's. */
  (void)gettext ("-");
  (void)g_dgettext ("glib20", "-");
  (void)g_strerror (ENOENT);
}

static gboolean
fail (GError **error)
{
  if (errno == EMFILE)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
                 _ ("the sandbox for reading needs more open files than the limit of %d; raise it with ulimit -n"),
                 (int)process_limit_within (RLIMIT_NOFILE, G_MAXINT));
  else
    g_set_error (
        error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
        _ ("the sandbox for reading cannot be set up (%s); run it where the kernel has seccomp, or, if you trust "
           "every input, give --no-sandbox"),
        g_strerror (errno));
  return FALSE;
}

static gboolean
has_seccomp (void)
{
  guint32 action = SECCOMP_RET_KILL_PROCESS;
  return syscall (SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

static gboolean
make_confinement (Sandbox *sandbox, SandboxKind kind)
{
  Confinement *confinement = &sandbox->confinements[kind];
  confinement->ruleset = -1;
  if (!make_list (sandbox, kind))
    return FALSE;
  if (sandbox->landlock > 0 && kind != SANDBOX_TEXT)
    confinement->ruleset = ruleset_new (sandbox->landlock, kind);
  return sandbox->landlock == 0 || kind == SANDBOX_TEXT || confinement->ruleset >= 0;
}

Sandbox *
sandbox_new (GError **error)
{
  if (SANITIZED)
    return sandbox_none ();
  g_autoptr (Sandbox) sandbox = sandbox_none ();
  sandbox->none = FALSE;
  if (!has_seccomp ())
    return fail (error), NULL;
  int version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  sandbox->landlock = MAX (version, 0);
  /* What nearly every input needs; the others are made by the child that needs them. */
  if (!make_confinement (sandbox, SANDBOX_TEXT) || !make_confinement (sandbox, SANDBOX_DOCUMENT))
    return fail (error), NULL;
  load_what_is_loaded_late ();
  prctl (PR_SET_DUMPABLE, 0);
  return g_steal_pointer (&sandbox);
}

Sandbox *
sandbox_none (void)
{
  Sandbox *sandbox = g_new0 (Sandbox, 1);
  sandbox->none = TRUE;
  for (SandboxKind kind = 0; kind < SANDBOX_KINDS; kind++)
    sandbox->confinements[kind].ruleset = -1;
  return sandbox;
}

const char *
sandbox_warning (const Sandbox *sandbox)
{
  if (sandbox->none || sandbox->landlock > 0)
    return NULL;
  return _ ("this kernel has no Landlock (Linux 5.13): what reads a document can make and change nothing, but open for "
            "reading what you can");
}

void
sandbox_free (Sandbox *sandbox)
{
  if (!sandbox)
    return;
  for (SandboxKind kind = 0; kind < SANDBOX_KINDS; kind++) {
    g_free (sandbox->confinements[kind].code);
    if (sandbox->confinements[kind].ruleset >= 0)
      close (sandbox->confinements[kind].ruleset);
  }
  g_free (sandbox);
}

/* In the child */

static void
give_up_rights (void)
{
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
  syscall (SYS_capset, &head, none);
}

static gboolean
enter_list (const Confinement *confinement)
{
  g_autofree struct sock_filter *code = g_memdup2 (confinement->code, confinement->length * sizeof *confinement->code);
  for (int i = 0; i < confinement->length; i++)
    if (BPF_CLASS (code[i].code) == BPF_JMP && code[i].k == OWN_PROCESS)
      code[i].k = (guint32)getpid ();
  struct sock_fprog program = {confinement->length, code};
  return syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

static gboolean
enter_ruleset (const Sandbox *sandbox, SandboxKind kind, const char *folder)
{
  int ruleset = sandbox->confinements[kind].ruleset;
  if (ruleset < 0)
    return TRUE;
  guint64 all = attributes_of_version (sandbox->landlock, kind).fs;
  if (folder && !(allow_below (ruleset, folder, all) && allow_below (ruleset, "/dev/null", all) &&
                  allow_below (ruleset, "/tmp", LANDLOCK_ACCESS_FS_MAKE_SOCK)))
    return FALSE;
  return syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
}

/* Of the parent's, and of the sandbox itself. */
static void
let_go_of_files (SandboxKind kind)
{
  close_range (READING & 1 << kind ? LAST_DESCRIPTOR + 1 : SANDBOX_SOCKET + 1, ~0u, 0);
}

gboolean
sandbox_enter (const Sandbox *sandbox, SandboxKind kind, const char *folder)
{
  if (sandbox->none && kind != SANDBOX_TEXT)
    let_go_of_files (kind);
  if (sandbox->none)
    return TRUE;
  if (kind == SANDBOX_TEXT) /* within SANDBOX_DOCUMENT */
    return enter_list (&sandbox->confinements[kind]);
  Sandbox own = *sandbox;
  if (!own.confinements[kind].code && !make_confinement (&own, kind))
    return FALSE;
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !enter_ruleset (&own, kind, folder))
    return FALSE;
  let_go_of_files (kind);
  if (kind != SANDBOX_OFFICE) /* which makes a namespace of its own */
    give_up_rights ();
  if (READING & 1 << kind) {
    if (kind != SANDBOX_PICTURES) /* whose threads count too */
      process_limit (RLIMIT_NPROC, 0, 0);
    process_limit (RLIMIT_NOFILE, FILES_LIMIT, 0);
  }
  return enter_list (&own.confinements[kind]);
}
