/* part-sandbox - a reading that has fallen to its document: part-sandbox KIND PROBE FILE. A worker reads FILE in the
 * sandbox KIND (text, document, pictures, by what FILE is and what is asked for) and tries PROBE instead of reading. Prints
 * "done" where the probe succeeded, "refused" where it was refused, else the status. Without arguments: the probes. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "run/pool.h"

static char secret[] = "secret";
static char made[64], present[64];

static gboolean
opens (const char *path, int flags)
{
  return open (path, flags, 0600) >= 0;
}

static gboolean
opens_of_parent (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", (int)getppid (), name);
  return opens (path, O_RDONLY);
}

static gboolean
runs (int file, const char *path)
{
  char *const arguments[] = {"true", NULL};
  return (file >= 0 ? fexecve (file, arguments, arguments) : execve (path, arguments, arguments)) == 0;
}

static gboolean
read_passwd (void)
{
  return opens ("/etc/passwd", O_RDONLY);
}
static gboolean
make_file (void)
{
  return opens (made, O_WRONLY | O_CREAT);
}
static gboolean
write_file (void)
{
  return opens (present, O_WRONLY);
}
static gboolean
write_home (void)
{
  return opens (g_get_home_dir (), O_RDWR | O_TMPFILE);
}
static gboolean
remove_file (void)
{
  return unlink (present) == 0;
}
static gboolean
rename_file (void)
{
  return rename (present, made) == 0;
}
static gboolean
socket_inet (void)
{
  return socket (AF_INET, SOCK_STREAM, 0) >= 0;
}
static gboolean
socket_unix (void)
{
  return socket (AF_UNIX, SOCK_STREAM, 0) >= 0;
}
static gboolean
start_program (void)
{
  return runs (-1, "/bin/true");
}
static gboolean
start_process (void)
{
  return fork () > 0;
}
static gboolean
trace_parent (void)
{
  return ptrace (PTRACE_ATTACH, getppid (), 0, 0) == 0;
}
static gboolean
list_parent (void)
{
  return opens_of_parent ("environ");
}
static gboolean
open_memory (void)
{
  return opens_of_parent ("mem");
}
static gboolean
end_parent (void)
{
  return kill (getppid (), 0) == 0;
}
static gboolean
end_all (void)
{
  return kill (-1, 0) == 0;
}
static gboolean
signal_thread (void)
{
  return syscall (SYS_tgkill, getppid (), getppid (), 0) == 0;
}
static gboolean
be_dumped (void)
{
  return prctl (PR_SET_DUMPABLE, 1) == 0;
}
static gboolean
make_namespace (void)
{
  return unshare (CLONE_NEWUSER) == 0;
}
static gboolean
use_io_uring (void)
{
  return syscall (SYS_io_uring_setup, 1, NULL) >= 0 || errno == EFAULT;
}
static gboolean
use_bpf (void)
{
  return syscall (SYS_bpf, 0, NULL, 0) >= 0 || errno == EINVAL || errno == E2BIG;
}
static gboolean
use_perf (void)
{
  return syscall (SYS_perf_event_open, NULL, 0, -1, -1, 0) >= 0 || errno == EFAULT;
}
static gboolean
use_keys (void)
{
  return syscall (SYS_keyctl, 0, -3, 0) >= 0;
}
static gboolean
type_for_user (void)
{
  return ioctl (0, TIOCSTI, "x") == 0;
}
static gboolean
limit_parent (void)
{
  return prlimit (getppid (), RLIMIT_CPU, &(struct rlimit){9999, 9999}, NULL) == 0;
}
static gboolean
raise_limit (void)
{
  return setrlimit (RLIMIT_AS, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY}) == 0;
}

static gboolean
read_parent (void)
{
  char copy[sizeof secret];
  struct iovec here = {copy, sizeof copy}, there = {secret, sizeof secret};
  return process_vm_readv (getppid (), &here, 1, &there, 1, 0) > 0;
}

static gboolean
start_memory (void)
{
  int file = memfd_create ("program", 0);
  return file >= 0 && runs (file, "");
}

/* Whatever the parent has open beyond what is the reading's own. */
static gboolean
write_elsewhere (void)
{
  for (int file = SANDBOX_OFFICE_SOCKET + 1; file < 1000; file++)
    if (write (file, "x", 1) == 1)
      return TRUE;
  return FALSE;
}

static gboolean
map_code (void)
{
  for (int file = 0; file < 64; file++)
    if (mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0) != MAP_FAILED)
      return TRUE;
  return FALSE;
}

static gboolean
make_code (void)
{
  for (int file = 0; file < 64; file++) {
    void *mapped = mmap (NULL, 4096, PROT_READ, MAP_PRIVATE, file, 0);
    if (mapped != MAP_FAILED && mprotect (mapped, 4096, PROT_READ | PROT_EXEC) == 0)
      return TRUE;
  }
  return FALSE;
}

static const struct {
  const char *name;
  gboolean (*succeeds) (void);
} probes[] = {
    {"read /etc/passwd", read_passwd},
    {"make a file", make_file},
    {"write a file", write_file},
    {"write at home", write_home},
    {"remove a file", remove_file},
    {"rename a file", rename_file},
    {"a socket to the net", socket_inet},
    {"a socket to the machine", socket_unix},
    {"start a program", start_program},
    {"start a process", start_process},
    {"start memory", start_memory},
    {"trace the parent", trace_parent},
    {"read the parent", read_parent},
    {"open the parent's memory", open_memory},
    {"the parent's environment", list_parent},
    {"signal the parent", end_parent},
    {"signal the parent's thread", signal_thread},
    {"signal all", end_all},
    {"be dumped", be_dumped},
    {"a namespace", make_namespace},
    {"io_uring", use_io_uring},
    {"bpf", use_bpf},
    {"perf", use_perf},
    {"keys", use_keys},
    {"type for the user", type_for_user},
    {"write elsewhere", write_elsewhere},
    {"limit the parent", limit_parent},
    {"raise a limit", raise_limit},
    {"map a file as code", map_code},
    {"make a mapped file code", make_code},
};

static char *
probe_task (const Source *source, gconstpointer data, const MoreTime *more_time, TaskRemarks *remarks, GError **error)
{
  const char *const *arguments = data;
  if (g_str_equal (arguments[0], "pictures"))
    more_time->ask (1, more_time->data);
  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    if (g_str_equal (probes[i].name, arguments[1]))
      return g_strdup (probes[i].succeeds () ? "done" : "refused");
  return g_strdup ("unknown probe");
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  gsize length;
  g_autofree char *text = outcome->failed ? NULL : outcome_text (outcome, &length, NULL);
  puts (text ? text : outcome->status);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  for (gsize i = 0; argc < 4 && i < G_N_ELEMENTS (probes); i++)
    puts (probes[i].name);
  if (argc < 4)
    return 0;
  g_snprintf (present, sizeof present, "/tmp/part-sandbox-%d", (int)getpid ());
  g_snprintf (made, sizeof made, "%s-made", present);
  g_file_set_contents (present, "kept", 4, NULL);
  g_autoptr (Sandbox) sandbox = argc > 4 ? sandbox_none () : sandbox_new (&error);
  g_autoptr (GPtrArray) inputs = inputs_from_paths ((char *[]){argv[3], NULL}, NULL);
  Work work = {.limits = &usual_limits, .task = probe_task, .data = argv + 1, .sandbox = sandbox};
  if (sandbox)
    pool_run (inputs, &work, 1, take_turn, NULL);
  unlink (present);
  unlink (made);
  return 0;
}
