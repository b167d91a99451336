/* libreoffice.c - see libreoffice.h */
#include "read/office/libreoffice.h"

#include "model/error.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Measured on LibreOffice 7.4: a sheet of 50 items takes 2 s of CPU time, 5 s on a machine that does much else, and runs
 * within an address space of 1 GiB, which the process that starts it has. */
#define CPU_SECONDS 25
#define WALL_SECONDS 45
#define RESULT_LIMIT (64 * 1024 * 1024) /* bytes */

#define STARTS_LIMIT 3      /* it ends and asks to be started again when it has made its profile */
#define ASKS_FOR_RESTART 81 /* desktop/source/app/app.cxx, EXITHELPER_NORMAL_RESTART */

/* registrymodifications.xcu, in which each value of a profile is a line. */
static const struct {
  const char *path, *name, *value;
} settings[] = {
    {"/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"},
    {"/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"},
    {"/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"},
    {"/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"},
    {"/org.openoffice.Office.Calc/Content/Update", "Link", "2"},
    {"/org.openoffice.Office.Writer/Content/Update", "Link", "0"},
    {"/org.openoffice.Office.Common/Misc", "FirstRun", "false"},
    {"/org.openoffice.Inet/Settings", "ooInetProxyType", "2"},
    {"/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"},
    {"/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"},
    {"/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"},
    {"/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"},
};

/* The temporary folder and what is in it. */
typedef struct {
  char *folder, *profile, *input, *output;
} Workplace;

char *
libreoffice_path (void)
{
  char *path = g_find_program_in_path ("soffice");
  return path ? path : g_find_program_in_path ("libreoffice");
}

void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  while (folder && (name = g_dir_read_name (folder))) {
    g_autofree char *entry = g_build_filename (path, name, NULL);
    if (g_file_test (entry, G_FILE_TEST_IS_DIR) && !g_file_test (entry, G_FILE_TEST_IS_SYMLINK))
      remove_folder (entry);
    else
      g_unlink (entry);
  }
  g_rmdir (path);
}

static void
workplace_clear (Workplace *place)
{
  if (place->folder)
    remove_folder (place->folder);
  g_free (place->folder);
  g_free (place->profile);
  g_free (place->input);
  g_free (place->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Workplace, workplace_clear)

static gboolean
write_settings (const Workplace *place, GError **error)
{
  g_autofree char *folder = g_build_filename (place->profile, "user", NULL);
  g_autofree char *path = g_build_filename (folder, "registrymodifications.xcu", NULL);
  g_autoptr (GString) text =
      g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items "
                    "xmlns:oor=\"http://openoffice.org/2001/registry\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
                    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n");
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    g_string_append_printf (
        text, "<item oor:path=\"%s\"><prop oor:name=\"%s\" oor:op=\"fuse\"><value>%s</value></prop></item>\n",
        settings[i].path, settings[i].name, settings[i].value);
  g_string_append (text, "</oor:items>\n");
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (path, text->str, text->len, error);
}

static gboolean
workplace_make (Workplace *place, GBytes *bytes, const char *within, const char *from, const char *to, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *input = g_strdup_printf ("document.%s", from), *output = g_strdup_printf ("document.%s", to);
  place->folder = g_build_filename (within ? within : g_get_tmp_dir (), "checksheet-XXXXXX", NULL);
  if (!g_mkdtemp (place->folder)) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", place->folder, g_strerror (errno));
    g_clear_pointer (&place->folder, g_free);
    return FALSE;
  }
  place->profile = g_build_filename (place->folder, "profile", NULL);
  place->input = g_build_filename (place->folder, input, NULL);
  place->output = g_build_filename (place->folder, "saved", output, NULL);
  return write_settings (place, error) && g_file_set_contents (place->input, data, (gssize)size, error);
}

static void
limit (int resource, guint64 value)
{
  struct rlimit now;
  getrlimit (resource, &now);
  rlim_t hard = MIN (now.rlim_max, (rlim_t)value);
  setrlimit (resource, &(struct rlimit){.rlim_cur = hard, .rlim_max = hard});
}

/* Runs in the new process, before the program: only calls that are safe there. It is the first of a group of its own, so
 * that all that it starts can be ended with it, and ends with the process that started it. */
static void
enter_limits (gpointer data)
{
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  limit (RLIMIT_CPU, CPU_SECONDS);
  limit (RLIMIT_FSIZE, RESULT_LIMIT);
  limit (RLIMIT_CORE, 0);
  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0) /* refused on some systems: the profile's settings remain */
    errno = 0;
}

/* The program itself and not the script that starts it: a signal then reaches it. */
static char *
program_beside (const char *program)
{
  g_autofree char *real = realpath (program, NULL);
  g_autofree char *folder = real ? g_path_get_dirname (real) : NULL;
  g_autofree char *binary = folder ? g_build_filename (folder, "soffice.bin", NULL) : NULL;
  return binary && g_file_test (binary, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&binary) : g_strdup (program);
}

/* Waits until PROCESS ends or the time DEADLINE (monotonic, microseconds) has come; then ends it, with its group. Returns its
 * status; -1: its time was up. */
static int
status_at_end (GPid process, gint64 deadline)
{
  int status = -1;
  pid_t ended = 0;
  while ((ended = waitpid (process, &status, WNOHANG)) == 0 && g_get_monotonic_time () < deadline)
    g_usleep (20 * 1000);
  kill (-process, SIGKILL);
  if (ended != 0)
    return ended > 0 ? status : 0;
  waitpid (process, &status, 0);
  return -1;
}

static gboolean
run (const char *program, const Workplace *place, const char *filter, const char *to, gint64 deadline, int *status,
     GError **error)
{
  g_autofree char *profile_uri = g_filename_to_uri (place->profile, NULL, NULL);
  g_autofree char *profile = g_strconcat ("-env:UserInstallation=", profile_uri, NULL);
  g_autofree char *folder = g_path_get_dirname (place->output);
  g_autofree char *in_filter = g_strconcat ("--infilter=", filter, NULL);
  const char *arguments[] = {
      program,   profile,        "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
      in_filter, "--convert-to", to,           "--outdir",    folder,     place->input,    NULL};
  g_auto (GStrv) environment = g_get_environ ();
  environment = g_environ_setenv (environment, "HOME", place->folder, TRUE);
  environment = g_environ_setenv (environment, "TMPDIR", place->folder, TRUE);
  environment = g_environ_setenv (environment, "SAL_USE_VCLPLUGIN", "svp", TRUE);
  environment = g_environ_setenv (environment, "LC_ALL", "C.UTF-8", TRUE);
  environment = g_environ_unsetenv (environment, "DISPLAY");
  environment = g_environ_unsetenv (environment, "DBUS_SESSION_BUS_ADDRESS");
  GPid process;
  if (!g_spawn_async (place->folder, (char **)arguments, environment,
                      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, enter_limits,
                      NULL, &process, error))
    return FALSE;
  *status = status_at_end (process, deadline);
  return TRUE;
}

static GBytes *
saved_bytes (const Workplace *place, GError **error)
{
  char *text;
  gsize length;
  if (!g_file_test (place->output, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (
        error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
        _ ("cannot be read by LibreOffice; open it and save it in the current format (.xlsx, .docx) or as a PDF"));
    return NULL;
  }
  GError *failure = NULL;
  if (g_file_get_contents (place->output, &text, &length, &failure))
    return g_bytes_new_take (text, length);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot be read: %s"), failure->message);
  g_error_free (failure);
  return NULL;
}

static GBytes *
fail_to_start (GError *failure, GError **error)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot start LibreOffice to read it: %s"),
               failure->message);
  g_error_free (failure);
  return NULL;
}

GBytes *
libreoffice_convert (const char *program, GBytes *bytes, const char *folder, const char *from, const char *filter,
                     const char *to, GError **error)
{
  g_auto (Workplace) place = {NULL};
  GError *failure = NULL;
  if (!workplace_make (&place, bytes, folder, from, to, &failure))
    return fail_to_start (failure, error);
  g_autofree char *binary = program_beside (program);
  gint64 deadline = g_get_monotonic_time () + WALL_SECONDS * G_USEC_PER_SEC;
  int status = 0;
  for (int i = 0; i < STARTS_LIMIT; i++) {
    if (!run (binary, &place, filter, to, deadline, &status, &failure))
      return fail_to_start (failure, error);
    if (status == -1 || !WIFEXITED (status) || WEXITSTATUS (status) != ASKS_FOR_RESTART)
      break;
  }
  if (status != -1 && !(WIFSIGNALED (status) && WTERMSIG (status) == SIGXCPU))
    return saved_bytes (&place, error);
  g_set_error (
      error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_WALL,
      _ ("LibreOffice has not finished after %d seconds; open it and save it in the current format (.xlsx, .docx)"),
      WALL_SECONDS);
  return NULL;
}
