/* formula.c - see formula.h */
#include "read/workbook/formula.h"

#include <string.h>

#define DEPTH_LIMIT 16 /* of functions within functions */

typedef struct {
  const char *at;
  int depth;
} FormulaReading;

static char *read_joined (FormulaReading *reading);

static void
skip_spaces (FormulaReading *reading)
{
  while (g_ascii_isspace (*reading->at))
    reading->at++;
}

static gboolean
take (FormulaReading *reading, char character)
{
  skip_spaces (reading);
  if (*reading->at != character)
    return FALSE;
  reading->at++;
  return TRUE;
}

/* Within a string a quotation mark is written twice. NULL: it is not terminated. */
static char *
read_string (FormulaReading *reading)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (; *reading->at; reading->at++) {
    if (*reading->at == '"' && reading->at[1] != '"') {
      reading->at++;
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
    reading->at += *reading->at == '"';
    g_string_append_c (text, *reading->at);
  }
  return NULL;
}

static char *
read_number (FormulaReading *reading)
{
  char *end;
  g_ascii_strtod (reading->at, &end);
  char *number = g_strndup (reading->at, end - reading->at);
  reading->at = end;
  return number;
}

/* In OpenDocument a semicolon parts arguments. */
static gboolean
take_separator (FormulaReading *reading)
{
  return take (reading, ',') || take (reading, ';');
}

/* The arguments up to ")"; NULL: one is not known. */
static GPtrArray *
read_arguments (FormulaReading *reading)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  if (take (reading, ')'))
    return g_steal_pointer (&arguments);
  do {
    char *argument = read_joined (reading);
    if (!argument)
      return NULL;
    g_ptr_array_add (arguments, argument);
  } while (take_separator (reading));
  return take (reading, ')') ? g_steal_pointer (&arguments) : NULL;
}

/* The last argument is what is shown: HYPERLINK's text, or its address where it has none; T's only one. */
static char *
last_argument (const GPtrArray *arguments)
{
  return arguments->len > 0 ? g_strdup (g_ptr_array_index (arguments, arguments->len - 1)) : NULL;
}

static char *
joined_arguments (const GPtrArray *arguments)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  for (guint i = 0; i < arguments->len; i++)
    g_string_append (joined, g_ptr_array_index (arguments, i));
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* CHAR(10) and CHAR(13) are line ends; other codes depend on the machine. */
static char *
character_of_code (const GPtrArray *arguments)
{
  guint64 code = arguments->len == 1 ? g_ascii_strtoull (g_ptr_array_index (arguments, 0), NULL, 10) : 0;
  if (code == '\n' || code == '\r')
    return g_strdup ("\n");
  return code >= ' ' && code <= '~' ? g_strdup_printf ("%c", (char)code) : NULL;
}

static char *
true_text (const GPtrArray *arguments)
{
  return g_strdup ("TRUE");
}

static char *
false_text (const GPtrArray *arguments)
{
  return g_strdup ("FALSE");
}

static const struct {
  const char *name;
  char *(*text) (const GPtrArray *arguments);
} functions[] = {
    {"HYPERLINK", last_argument}, {"T", last_argument}, {"CONCATENATE", joined_arguments},
    {"CHAR", character_of_code},  {"TRUE", true_text},  {"FALSE", false_text},
};

static char *
read_function (FormulaReading *reading)
{
  const char *name = reading->at;
  while (g_ascii_isalpha (*reading->at))
    reading->at++;
  gsize length = reading->at - name;
  if (!take (reading, '('))
    return NULL;
  g_autoptr (GPtrArray) arguments = read_arguments (reading);
  for (gsize i = 0; arguments && i < G_N_ELEMENTS (functions); i++)
    if (strlen (functions[i].name) == length && !g_ascii_strncasecmp (functions[i].name, name, length))
      return functions[i].text (arguments);
  return NULL;
}

static char *
read_term (FormulaReading *reading)
{
  skip_spaces (reading);
  if (take (reading, '"'))
    return read_string (reading);
  if (g_ascii_isdigit (*reading->at) || *reading->at == '-' || *reading->at == '.')
    return read_number (reading);
  return read_function (reading);
}

/* Terms with & between them. */
static char *
read_joined (FormulaReading *reading)
{
  if (reading->depth >= DEPTH_LIMIT)
    return NULL;
  reading->depth++;
  g_autoptr (GString) joined = g_string_new (NULL);
  do {
    g_autofree char *term = read_term (reading);
    if (!term)
      return NULL;
    g_string_append (joined, term);
  } while (take (reading, '&'));
  reading->depth--;
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

char *
text_from_formula (const char *formula, gboolean *number)
{
  FormulaReading reading = {.at = *formula == '=' ? formula + 1 : formula};
  g_autofree char *text = read_joined (&reading);
  skip_spaces (&reading);
  if (!text || *reading.at)
    return NULL;
  char *end;
  g_ascii_strtod (text, &end);
  *number = *text && !*end && !strchr (formula, '"');
  return g_steal_pointer (&text);
}
