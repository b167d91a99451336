/* filter_lines.c - see filter_lines.h */
#include "run/filter_lines.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "model/error.h"
#include "run/ledger.h"
#include "run/process.h"
#include "text/translated.h"

enum {
  PIECE = 1 << 20,
  WAIT_MILLISECONDS = 2,     /* for more lines: a writer that was blocked fills the pipe again in less */
  BYTES_AHEAD = 64 << 20,    /* documents that are held at once; a longer line is held too */
  BYTES_OF_LINE = 512 << 20, /* six documents of the greatest size: such a line has no end */
};

FilterLines *
filter_lines_new (int file)
{
  FilterLines *lines = g_new0 (FilterLines, 1);
  lines->file = file;
  lines->rest = g_string_new (NULL);
  return lines;
}

void
filter_lines_free (FilterLines *lines)
{
  if (!lines)
    return;
  g_string_free (lines->rest, TRUE);
  g_free (lines);
}

static Input *
faulty_input (int number, ChecksheetError code, const char *message)
{
  g_autofree char *name = g_strdup_printf ("line %d", number);
  Input *input = input_new (name, NULL, NULL);
  input->fault = g_error_new_literal (CHECKSHEET_ERROR, code, message);
  return input;
}

static Input *
input_from_path (const char *path)
{
  g_autofree char *uri = path_is_address (path) ? g_strdup (path) : ledger_uri (path);
  Input *input = input_new (path, g_str_equal (uri, path) && !path_is_address (path) ? NULL : uri, NULL);
  if (!path_is_address (path) && g_file_test (path, G_FILE_TEST_IS_DIR))
    input->fault =
        g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED, N_ ("is a folder; a line names one document"));
  else if (g_str_equal (path, "-"))
    input->fault = g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
                                N_ ("standard input has the lines; a document goes into one as base64"));
  return input;
}

static gboolean
write_all (int file, const guchar *bytes, gsize length)
{
  for (ssize_t written; length > 0; bytes += written, length -= written)
    if ((written = write (file, bytes, length)) <= 0)
      return FALSE;
  return TRUE;
}

/* g_base64_decode leaves out what is wrong, and half of a document would be read in silence. */
static gboolean
is_base64 (const char *text)
{
  gsize length = strlen (text),
        letters = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  gsize padding = strspn (text + letters, "=");
  return length % 4 == 0 && padding <= 2 && letters + padding == length;
}

static Input *
input_from_base64 (const char *name, const char *charset, const char *text, int number)
{
  if (!is_base64 (text))
    return faulty_input (number, CHECKSHEET_ERROR_DAMAGED,
                         N_ ("\"base64\" is not base64 (RFC 4648, without line ends)"));
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (text, &length);
  int file = temporary_file ();
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", file);
  Input *input = input_new (path, name, charset);
  input->body = file;
  if (file < 0 || !write_all (file, bytes, length))
    input->fault = g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("no space for the document in %s: %s"),
                                g_get_tmp_dir (), error_words (errno));
  return input;
}

/* The texts of LIST; NULL: there are none. *WRONG: it is something else. The caller frees. */
static char **
texts_of_list (const cJSON *list, gboolean *wrong)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const cJSON *entry;
  *wrong = list && !cJSON_IsArray (list) && !cJSON_IsNull (list);
  cJSON_ArrayForEach (entry, list)
  {
    *wrong |= !cJSON_IsString (entry);
    g_ptr_array_add (texts, g_strdup (cJSON_GetStringValue (entry)));
  }
  if (*wrong || texts->len == 0)
    return NULL;
  g_ptr_array_set_free_func (texts, NULL);
  g_ptr_array_add (texts, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

static Input *
input_from_object (const char *line, int number)
{
  cJSON *object = cJSON_Parse (line);
  const char *path = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, "path"));
  const char *name = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, "name"));
  const char *charset = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, "charset"));
  const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, "base64"));
  gboolean wrong;
  g_auto (GStrv) passwords = texts_of_list (cJSON_GetObjectItemCaseSensitive (object, "passwords"), &wrong);
  Input *input;
  if (wrong)
    input = faulty_input (number, CHECKSHEET_ERROR_DAMAGED, N_ ("\"passwords\" is not a list of texts"));
  else if (path && *path)
    input = input_from_path (path);
  else if (name && *name && text)
    input = input_from_base64 (name, charset, text, number);
  else
    input = faulty_input (number, CHECKSHEET_ERROR_DAMAGED,
                          N_ ("expected a path, {\"path\": …} or {\"name\": …, \"base64\": …}"));
  input->passwords = g_steal_pointer (&passwords);
  cJSON_Delete (object);
  return input;
}

static Input *
input_from_line (const char *line, int number)
{
  if (*line == '{')
    return input_from_object (line, number);
  if (!*line)
    return faulty_input (number, CHECKSHEET_ERROR_DAMAGED, N_ ("the line is empty"));
  return input_from_path (line);
}

/* The length of the line that begins at byte START of the rest, or -1: it is not there whole. */
static gssize
line_length (FilterLines *lines, gsize start)
{
  gsize from = MAX (start, lines->searched);
  const char *text = lines->rest->str, *end = memchr (text + from, '\n', lines->rest->len - from);
  if (end)
    return end - text - start;
  lines->searched = lines->rest->len;
  return lines->ended && lines->rest->len > start ? (gssize)(lines->rest->len - start) : -1;
}

static void
take_lines (FilterLines *lines, GPtrArray *inputs, guint most)
{
  gsize start = 0;
  for (gssize length; inputs->len < most && start < BYTES_AHEAD && start <= lines->rest->len &&
                      (length = line_length (lines, start)) >= 0;
       start += length + 1) {
    g_autofree char *line = g_strndup (lines->rest->str + start, length);
    if (length > 0 && line[length - 1] == '\r')
      line[length - 1] = 0;
    g_ptr_array_add (inputs, input_from_line (line, ++lines->count));
  }
  start = MIN (start, lines->rest->len);
  g_string_erase (lines->rest, 0, start);
  lines->searched -= MIN (start, lines->searched);
}

static gboolean
read_more (FilterLines *lines, GError **error)
{
  gsize before = lines->rest->len;
  g_string_set_size (lines->rest, before + PIECE);
  ssize_t length;
  while ((length = read (lines->file, lines->rest->str + before, PIECE)) < 0 && errno == EINTR)
    ;
  g_string_set_size (lines->rest, before + MAX (length, 0));
  lines->ended = length <= 0;
  if (length < 0)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("cannot be read: %s"), error_words (errno));
  if (lines->rest->len > BYTES_OF_LINE) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("line %d is larger than %d MiB"), lines->count + 1,
                 BYTES_OF_LINE >> 20);
    return FALSE;
  }
  return length >= 0;
}

GPtrArray *
filter_lines_next (FilterLines *lines, guint most, GError **error)
{
  g_autoptr (GPtrArray) inputs = inputs_new ();
  take_lines (lines, inputs, most);
  while (inputs->len < most && !lines->ended && lines->rest->len < BYTES_AHEAD + (inputs->len ? 0 : BYTES_OF_LINE)) {
    struct pollfd ready = {.fd = lines->file, .events = POLLIN};
    if (inputs->len > 0 && poll (&ready, 1, WAIT_MILLISECONDS) == 0)
      break;
    if (!read_more (lines, error))
      return NULL;
    take_lines (lines, inputs, most);
  }
  return g_steal_pointer (&inputs);
}
