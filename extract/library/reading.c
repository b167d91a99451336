/* reading.c - ChecksheetKnowledge and ChecksheetReading of checksheet.h: the library's face of the road. */
#include "library/checksheet.h"

#include <cjson/cJSON.h>
#include <locale.h>
#include <string.h>

#include "library/document_task.h"
#include "library/started_program.h"
#include "model/error.h"
#include "patterns/knowledge.h"
#include "run/ledger.h"

/* Seconds that the program has beyond its own limit, before it is taken for dead. */
#define GRACE_SECONDS 30.0

struct ChecksheetKnowledge {
  Knowledge *knowledge;
  KnowledgeFiles files;
  GMutex reading; /* held while a document is read in the caller: the knowledge caches what it is asked */
};

struct ChecksheetReading {
  const char *status; /* static, or in `tree` */
  char *message;      /* NULL: "ok" */
  char *json;         /* NULL: there is no sheet */
  cJSON *tree;        /* of the sheet, or of the failure that the program told; NULL: neither */
};

/* English words, and numbers as JSON has them, whatever the caller's locale is; of this thread alone. */
typedef struct {
  locale_t own, before;
} PlainLocale;

static PlainLocale
plain_locale_begin (void)
{
  PlainLocale locale = {newlocale (LC_ALL_MASK, "C.UTF-8", (locale_t)0), (locale_t)0};
  if (!locale.own)
    locale.own = newlocale (LC_ALL_MASK, "C", (locale_t)0);
  locale.before = uselocale (locale.own);
  return locale;
}

static void
plain_locale_end (PlainLocale *locale)
{
  uselocale (locale->before);
  freelocale (locale->own);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlainLocale, plain_locale_end)

ChecksheetKnowledge *
checksheet_knowledge_open (const char *patterns, const char *catalogue, char **message)
{
  g_auto (PlainLocale) plain G_GNUC_UNUSED = plain_locale_begin ();
  g_autoptr (GError) error = NULL;
  ChecksheetKnowledge *knowledge = g_new0 (ChecksheetKnowledge, 1);
  knowledge->files = (KnowledgeFiles){g_strdup (patterns), g_strdup (catalogue)};
  g_mutex_init (&knowledge->reading);
  knowledge->knowledge = knowledge_open (&knowledge->files, &error);
  if (message)
    *message = error ? g_strdup (error->message) : NULL;
  if (error)
    g_clear_pointer (&knowledge, checksheet_knowledge_free);
  return knowledge;
}

void
checksheet_knowledge_free (ChecksheetKnowledge *knowledge)
{
  if (!knowledge)
    return;
  knowledge_free (knowledge->knowledge);
  knowledge_files_clear (&knowledge->files);
  g_mutex_clear (&knowledge->reading);
  g_free (knowledge);
}

void
checksheet_message_free (char *message)
{
  g_free (message);
}

const char *
checksheet_knowledge_fingerprint (const ChecksheetKnowledge *knowledge)
{
  return knowledge->knowledge->fingerprint;
}

/* What a reading comes to */

static ChecksheetReading *
reading_from_error (const GError *error)
{
  ChecksheetReading *reading = g_new0 (ChecksheetReading, 1);
  reading->status =
      checksheet_error_status (error->domain == CHECKSHEET_ERROR ? (guint)error->code : CHECKSHEET_ERROR_IO);
  reading->message = g_strdup (error->message);
  return reading;
}

/* Counts what is more than information in LIST, `checks` or `notes`; *FIRST becomes the text of the first. */
static int
count_warnings (const cJSON *list, const char **first)
{
  int count = 0;
  const cJSON *entry;
  cJSON_ArrayForEach (entry, list)
  {
    const char *severity = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (entry, "severity"));
    const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (entry, "text"));
    if (!severity || g_str_equal (severity, "info"))
      continue;
    *first = *first ? *first : text;
    count++;
  }
  return count;
}

/* The status and message of a sheet, as the program's ledger has them. */
static void
judge_sheet (ChecksheetReading *reading)
{
  const char *first = NULL;
  int count = count_warnings (cJSON_GetObjectItemCaseSensitive (reading->tree, "checks"), &first);
  count += count_warnings (cJSON_GetObjectItemCaseSensitive (reading->tree, "notes"), &first);
  reading->status = count ? "ok-with-warnings" : "ok";
  if (count > 1)
    reading->message = g_strdup_printf ("%s (and %d more)", first ? first : "", count - 1);
  else
    reading->message = g_strdup (first);
}

/* TEXT is a sheet, or the line of a failure (run/ledger.h); takes it. */
static ChecksheetReading *
reading_from_json (char *text)
{
  g_autofree char *line = text;
  ChecksheetReading *reading = g_new0 (ChecksheetReading, 1);
  reading->tree = cJSON_ParseWithOpts (line, NULL, TRUE); /* one line, and nothing after it */
  const char *format = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (reading->tree, "format"));
  const char *status = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (reading->tree, "status"));
  const char *reason = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (reading->tree, "reason"));
  if (format && g_str_has_prefix (format, "checksheet/")) {
    reading->json = g_steal_pointer (&line);
    judge_sheet (reading);
    return reading;
  }
  gboolean known = format && g_str_has_prefix (format, "checksheet-failure/") && status;
  reading->status = known ? status : "io-error";
  reading->message = g_strdup (known ? reason : "the program that reads gave an answer that cannot be understood");
  return reading;
}

/* In a process */

/* The line of `convert --filter` for the document: passwords are in it, not among the arguments, which others see. The
 * caller frees. */
static char *
line_for_program (const ChecksheetOptions *options, const void *bytes, size_t length, const char *uri,
                  const char *charset)
{
  g_autofree char *base64 = g_base64_encode (bytes, length);
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "name", uri);
  if (charset)
    cJSON_AddStringToObject (object, "charset", charset);
  cJSON *passwords = cJSON_AddArrayToObject (object, "passwords");
  for (char *const *password = options_passwords (options); password && *password; password++)
    cJSON_AddItemToArray (passwords, cJSON_CreateString (*password));
  cJSON_AddItemToObject (object, "base64", cJSON_CreateStringReference (base64));
  char *line = cJSON_PrintUnformatted (object);
  cJSON_Delete (object);
  return line;
}

/* The numbers among the options, which are 0 where they are as usual. */
static const struct {
  const char *name;
  gsize offset;
} option_numbers[] = {
    {"--cpu", G_STRUCT_OFFSET (ChecksheetOptions, cpu_seconds)},
    {"--memory", G_STRUCT_OFFSET (ChecksheetOptions, memory)},
    {"--max-input", G_STRUCT_OFFSET (ChecksheetOptions, input)},
    {"--max-unpacked", G_STRUCT_OFFSET (ChecksheetOptions, unpacked)},
    {"--max-result", G_STRUCT_OFFSET (ChecksheetOptions, sheet)},
    {"--max-pages", G_STRUCT_OFFSET (ChecksheetOptions, pages)},
};

static void
add_option (GPtrArray *arguments, const char *name, char *value)
{
  g_ptr_array_add (arguments, g_strdup (name));
  g_ptr_array_add (arguments, value);
}

/* The call of the program, ended by NULL. The caller frees. */
static GPtrArray *
arguments_from_options (const ChecksheetOptions *options, const KnowledgeFiles *files)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
  add_option (arguments, options->program, g_strdup ("convert"));
  add_option (arguments, "--filter", g_strdup ("--jobs=1"));
  if (options->where == CHECKSHEET_IN_PROCESS)
    g_ptr_array_add (arguments, g_strdup ("--no-sandbox"));
  if (options->seconds > 0) {
    char seconds[G_ASCII_DTOSTR_BUF_SIZE];
    add_option (arguments, "--timeout", g_strdup (g_ascii_dtostr (seconds, sizeof seconds, options->seconds)));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (option_numbers); i++) {
    int number = G_STRUCT_MEMBER (int, options, option_numbers[i].offset);
    if (number > 0)
      add_option (arguments, option_numbers[i].name, g_strdup_printf ("%d", number));
  }
  if (options->page_text)
    add_option (arguments, "--pages", g_strdup (options->page_text));
  if (files->folder)
    add_option (arguments, "--patterns", g_strdup (files->folder));
  if (files->catalogue)
    add_option (arguments, "--catalogue", g_strdup (files->catalogue));
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

static ChecksheetReading *
read_in_process (const ChecksheetKnowledge *knowledge, const ChecksheetOptions *options, const void *bytes,
                 size_t length, const char *uri, const char *charset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arguments = arguments_from_options (options, &knowledge->files);
  g_autofree char *line = line_for_program (options, bytes, length, uri, charset);
  Limits limits = limits_from_options (options);
  double seconds = limits.wall_seconds + GRACE_SECONDS + PICTURES_LIMIT * (double)limits.picture_seconds;
  char *answer = program_answer ((const char *const *)arguments->pdata, line, seconds, limits.answer, &error);
  return answer ? reading_from_json (answer) : reading_from_error (error);
}

/* In the caller */

/* LibreOffice is started for a reading in a process only. */
static GBytes *
refuse_office (GBytes *bytes, const char *from, const char *filter, const char *to, gpointer data, GError **error)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
               "documents of old formats of Office (.%s) are not read in the caller; have it read in a process", from);
  return NULL;
}

static ChecksheetReading *
read_in_caller (ChecksheetKnowledge *knowledge, const ChecksheetOptions *options, const void *bytes, size_t length,
                const char *uri, const char *charset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Source) source = source_new (uri, g_bytes_new (bytes, length), &error);
  if (!source)
    return reading_from_error (error);
  source_declare (source, NULL, charset);
  source->limits = limits_from_options (options).read;
  TaskRemarks remarks = {0};
  DocumentTask task = {.knowledge = knowledge->knowledge, .options = options, .writer = writer_named ("ndjson")};
  MoreTime nothing = {.save_office = refuse_office};
  g_mutex_lock (&knowledge->reading);
  char *text = document_task (source, &task, &nothing, &remarks, &error);
  g_mutex_unlock (&knowledge->reading);
  g_free (remarks.warning);
  g_free (remarks.summary);
  return text ? reading_from_json (text) : reading_from_error (error);
}

static ChecksheetReading *
refuse_size (size_t length, gsize limit)
{
  g_autoptr (GError) error =
      g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                   "%u MiB, the limit is %u MiB; split the document, leave its pictures out, or raise the limit "
                   "(checksheet_options_set_max_input)",
                   mib_of_bytes (length), mib_of_bytes (limit));
  return reading_from_error (error);
}

ChecksheetReading *
checksheet_read (ChecksheetKnowledge *knowledge, const ChecksheetOptions *options, const void *bytes, size_t length,
                 const char *name, const char *charset)
{
  g_auto (PlainLocale) plain G_GNUC_UNUSED = plain_locale_begin ();
  ChecksheetOptions *usual = options ? NULL : checksheet_options_new ();
  const ChecksheetOptions *chosen = options ? options : usual;
  g_autofree char *uri = ledger_uri (name && *name ? name : "-");
  gsize limit = limits_from_options (chosen).read.input;
  ChecksheetReading *reading;
  if (length > limit)
    reading = refuse_size (length, limit);
  else if (chosen->where == CHECKSHEET_IN_CALLER)
    reading = read_in_caller (knowledge, chosen, bytes, length, uri, charset);
  else
    reading = read_in_process (knowledge, chosen, bytes, length, uri, charset);
  checksheet_options_free (usual);
  return reading;
}

void
checksheet_reading_free (ChecksheetReading *reading)
{
  if (!reading)
    return;
  g_free (reading->message);
  g_free (reading->json);
  cJSON_Delete (reading->tree);
  g_free (reading);
}

const char *
checksheet_reading_status (const ChecksheetReading *reading)
{
  return reading->status;
}

const char *
checksheet_reading_message (const ChecksheetReading *reading)
{
  return reading->message;
}

const char *
checksheet_reading_json (const ChecksheetReading *reading)
{
  return reading->json;
}

const ChecksheetValue *
checksheet_reading_sheet (const ChecksheetReading *reading)
{
  return reading->json ? (const ChecksheetValue *)reading->tree : NULL;
}
