/* office_process.c - see office_process.h */
#include "run/office_process.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/error.h"
#include "read/office/libreoffice.h"
#include "run/process.h"

enum { DOCUMENT_LIMIT = 256 << 20, MESSAGE_LIMIT = 4096, LOOK_AGAIN = 20 * 1000 /* microseconds */ };

/* The bytes follow it. */
typedef struct {
  char from[8], filter[32], to[8];
  guint64 bytes;
} OfficeRequest;

/* The saved bytes follow it, or, where `code` is a ChecksheetError, the message. */
typedef struct {
  gint32 code; /* -1: none */
  guint64 bytes;
} OfficeAnswer;

static gboolean
move_bytes (ssize_t (*move) (int, void *, size_t), int socket, gpointer bytes, gsize length)
{
  for (guint8 *at = bytes; length > 0;) {
    ssize_t moved = move (socket, at, length);
    if (moved < 0 && errno == EINTR)
      continue;
    if (moved <= 0)
      return FALSE;
    at += moved;
    length -= moved;
  }
  return TRUE;
}

static ssize_t
write_some (int socket, void *bytes, size_t length)
{
  return write (socket, bytes, length);
}

static gboolean
send_bytes (int socket, gconstpointer bytes, gsize length)
{
  return move_bytes (write_some, socket, (gpointer)bytes, length);
}

static gboolean
receive_bytes (int socket, gpointer bytes, gsize length)
{
  return move_bytes (read, socket, bytes, length);
}

/* The process */

/* File name extensions and names of filters; nothing that leads out of the folder, or is an option of LibreOffice. */
static gboolean
is_plain_name (const char *name, gsize room)
{
  gsize length = strnlen (name, room);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && !(name[i] == ' ' && i > 0))
      return FALSE;
  return length > 0 && length < room;
}

static gboolean
request_is_sound (const OfficeRequest *request)
{
  return is_plain_name (request->from, sizeof request->from) && is_plain_name (request->to, sizeof request->to) &&
         is_plain_name (request->filter, sizeof request->filter) && request->bytes <= DOCUMENT_LIMIT;
}

static GBytes *
save (const OfficeRequest *request, GBytes *bytes, const char *folder, GError **error)
{
  g_autofree char *program = libreoffice_path ();
  if (program)
    return libreoffice_convert (program, bytes, folder, request->from, request->filter, request->to, error);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED, "-"); /* said by who asked */
  return NULL;
}

static gboolean
answer (int socket, GBytes *saved, const GError *failure)
{
  gsize length = 0;
  gconstpointer bytes = saved ? g_bytes_get_data (saved, &length) : failure->message;
  if (!saved)
    length = MIN (strlen (failure->message), MESSAGE_LIMIT);
  OfficeAnswer head = {.code = saved ? -1 : failure->code, .bytes = length};
  return send_bytes (socket, &head, sizeof head) && send_bytes (socket, bytes, length);
}

static gboolean
serve_one (int socket, const char *folder)
{
  OfficeRequest request;
  if (!receive_bytes (socket, &request, sizeof request) || !request_is_sound (&request))
    return FALSE;
  g_autofree char *data = g_malloc (request.bytes);
  if (!receive_bytes (socket, data, request.bytes))
    return FALSE;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, request.bytes);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) saved = save (&request, bytes, folder, &failure);
  return answer (socket, saved, failure);
}

static void G_GNUC_NORETURN
serve (const Sandbox *sandbox, int socket, const char *folder, pid_t keeper)
{
  process_tie_to_parent (keeper);
  if (sandbox_enter (sandbox, SANDBOX_OFFICE, folder))
    while (serve_one (socket, folder))
      ;
  process_end (0);
}

/* LibreOffice makes a socket in /tmp, whatever TMPDIR is (sal/osl/unx/pipe.cxx), and may not remove it; when it starts
 * again it fails if the old one is there. Those that nobody listens on are left over. */
static void
remove_dead_sockets (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/tmp", 0, NULL);
  for (const char *name; folder && (name = g_dir_read_name (folder));) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (!g_str_has_prefix (name, "OSL_PIPE_"))
      continue;
    g_snprintf (address.sun_path, sizeof address.sun_path, "/tmp/%s", name);
    int probe = socket (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connect (probe, (struct sockaddr *)&address, sizeof address) != 0 && errno == ECONNREFUSED)
      unlink (address.sun_path);
    close (probe);
  }
}

/* Waits until the server ends, or the reading does, and removes the folder. */
static void G_GNUC_NORETURN
keep_folder (const Sandbox *sandbox, int socket, pid_t reading)
{
  g_autofree char *folder = g_dir_make_tmp ("checksheet-XXXXXX", NULL);
  pid_t keeper = getpid (), server = folder ? fork () : -1;
  if (server == 0)
    serve (sandbox, socket, folder, keeper);
  close_range (STDERR_FILENO + 1, ~0u, 0);
  while (server > 0 && waitpid (server, NULL, WNOHANG) == 0) {
    if (getppid () != reading)
      kill (server, SIGKILL);
    remove_dead_sockets ();
    g_usleep (LOOK_AGAIN);
  }
  remove_dead_sockets ();
  if (folder)
    remove_folder (folder);
  process_end (0);
}

int
office_process_start (const Sandbox *sandbox)
{
  int sockets[2];
  pid_t reading = getpid ();
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
    return -1;
  pid_t process = fork ();
  if (process == 0) {
    close (sockets[0]);
    dup3 (sockets[1], SANDBOX_SOCKET, O_CLOEXEC);
    keep_folder (sandbox, SANDBOX_SOCKET, reading);
  }
  close (sockets[1]);
  if (process > 0)
    return sockets[0];
  close (sockets[0]);
  return -1;
}

/* The reading */

static GBytes *
fail_to_ask (GError **error)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("the process that starts LibreOffice has ended"));
  return NULL;
}

GBytes *
office_process_save (int socket, GBytes *bytes, const char *from, const char *filter, const char *to, GError **error)
{
  OfficeRequest request = {.bytes = g_bytes_get_size (bytes)};
  OfficeAnswer head;
  g_strlcpy (request.from, from, sizeof request.from);
  g_strlcpy (request.filter, filter, sizeof request.filter);
  g_strlcpy (request.to, to, sizeof request.to);
  if (!send_bytes (socket, &request, sizeof request) ||
      !send_bytes (socket, g_bytes_get_data (bytes, NULL), request.bytes) ||
      !receive_bytes (socket, &head, sizeof head) || head.bytes > DOCUMENT_LIMIT)
    return fail_to_ask (error);
  g_autofree char *text = g_malloc (head.bytes + 1);
  if (!receive_bytes (socket, text, head.bytes))
    return fail_to_ask (error);
  text[head.bytes] = 0;
  if (head.code < 0)
    return g_bytes_new_take (g_steal_pointer (&text), head.bytes);
  g_set_error_literal (error, CHECKSHEET_ERROR, MIN (head.code, CHECKSHEET_ERROR_IO), text);
  return NULL;
}
