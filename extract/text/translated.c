/* translated.c - see translated.h */
#include "text/translated.h"

#include <glib/gi18n.h>
#include <libintl.h>
#include <signal.h>
#include <string.h>

enum {
  ARGUMENTS = 12,         /* of one message */
  DEPTH = 4,              /* of messages within messages */
  LETTERS_LEAST = 6,      /* "%s: %s" is no message to be recognised by */
  STEPS_MOST = 200 * 1000 /* of arguments that are tried: a text of a stranger's may fit in very many ways */
};

/* The messages. */

typedef struct {
  GMappedFile *file;
  const char *bytes;
  gsize length;
  guint32 count, originals, translations; /* messages; where the tables of their places begin */
  int steps;                              /* how many arguments were tried */
} Translations;

static void
translations_clear (Translations *messages)
{
  g_clear_pointer (&messages->file, g_mapped_file_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Translations, translations_clear)

/* The number at byte AT; 0 beyond the end. */
static guint32
number_at (const Translations *messages, gsize at)
{
  guint32 number = 0;
  if (at + sizeof number <= messages->length)
    memcpy (&number, messages->bytes + at, sizeof number);
  return number;
}

/* The text of an entry of one of the tables; "" where the file is wrong. */
static const char *
text_of_entry (const Translations *messages, guint32 table, guint32 i)
{
  gsize length = number_at (messages, table + 8 * (gsize)i), start = number_at (messages, table + 8 * (gsize)i + 4);
  if (start + length >= messages->length || messages->bytes[start + length] != 0)
    return "";
  return messages->bytes + start;
}

/* The file that gettext translates from; FALSE: it does not. Those of machines of another byte order are not read. */
static gboolean
translations_open (Translations *messages)
{
  const guint32 magic = 0x950412de;
  const char *folder = bindtextdomain ("checksheet", NULL);
  if (!*dgettext ("checksheet", "") || !folder)
    return FALSE;
  for (const char *const *language = g_get_language_names (); *language && !messages->file; language++) {
    g_autofree char *path = g_build_filename (folder, *language, "LC_MESSAGES", "checksheet.mo", NULL);
    messages->file = g_mapped_file_new (path, FALSE, NULL);
  }
  if (!messages->file)
    return FALSE;
  messages->bytes = g_mapped_file_get_contents (messages->file);
  messages->length = g_mapped_file_get_length (messages->file);
  messages->count = number_at (messages, 8);
  messages->originals = number_at (messages, 12);
  messages->translations = number_at (messages, 16);
  return number_at (messages, 0) == magic;
}

/* Formats. */

/* The bytes of the conversion that begins at FORMAT, "%" included: "%-8.3lf", "%2$s"; 1: there is none, only a "%". KIND
 * becomes its last letter, or 0, PLACE the number of its argument, from 1; 0: it does not say. */
static gsize
conversion_length (const char *format, char *kind, int *place)
{
  gsize digits = strspn (format + 1, "0123456789");
  gsize length = 1;
  *place = 0;
  if (digits > 0 && format[1 + digits] == '$') {
    *place = (int)g_ascii_strtoull (format + 1, NULL, 10);
    length += digits + 1;
  }
  length += strspn (format + length, "-+ #0123456789.'*");
  length += strspn (format + length, "hlLqjzt");
  *kind = format[length] && strchr ("diufegxXcs%", format[length]) ? format[length] : 0;
  return *kind ? length + 1 : 1;
}

typedef struct {
  const char *start;
  gsize length;
  char kind;
} Argument;

/* The characters of a text that a conversion of KIND may have written. */
static gboolean
argument_fits (char kind, const char *start, gsize length)
{
  static const struct {
    const char *kinds, *characters;
  } alphabets[] = {{"diu", "-0123456789"}, {"feg", "-+.0123456789einfa"}, {"xX", "0123456789abcdefABCDEF"}};
  for (gsize i = 0; i < G_N_ELEMENTS (alphabets); i++)
    if (strchr (alphabets[i].kinds, kind))
      return length > 0 && strspn (start, alphabets[i].characters) >= length;
  return kind != 'c' || length == 1;
}

/* Whether TEXT is what FORMAT gives with some arguments, which are written to ARGUMENTS; each is as short as it can be.
 * COUNT: those before. */
static gboolean
text_fits (Translations *messages, const char *text, const char *format, Argument *arguments, int count)
{
  char kind = 0;
  int place = 0;
  const char *rest = format;
  for (; *format; text++, format = rest) {
    rest = format + (*format == '%' ? conversion_length (format, &kind, &place) : 1);
    if (kind && kind != '%')
      break;
    if (*text != *format)
      return FALSE;
  }
  if (!*format)
    return !*text;
  if (count + 1 >= ARGUMENTS || place)
    return FALSE;
  Argument *argument = &arguments[count];
  argument->kind = kind;
  for (gsize length = 0; messages->steps++ < STEPS_MOST; length++) {
    argument->start = text;
    argument->length = length;
    if (argument_fits (argument->kind, text, length) && text_fits (messages, text + length, rest, arguments, count + 1))
      return TRUE;
    if (!text[length])
      return FALSE;
  }
  return FALSE;
}

/* The letters that FORMAT itself has. */
static int
letters_of_format (const char *format)
{
  int letters = 0, place;
  char kind;
  while (*format) {
    letters += g_ascii_isalpha (*format);
    format += *format == '%' ? conversion_length (format, &kind, &place) : 1;
  }
  return letters;
}

/* The message. */

static char *translated (Translations *messages, const char *english, int depth);

/* What the system says of an error or a signal; NULL: ENGLISH is not that. Static. */
static const char *
system_words (const char *english)
{
  enum { CODES = 134 };
  for (int code = 1; code < CODES; code++)
    if (!g_strcmp0 (strerrordesc_np (code), english))
      return g_strerror (code);
  for (int number = 1; number < SIGRTMIN; number++)
    if (!g_strcmp0 (sigdescr_np (number), english))
      return g_strsignal (number);
  return NULL;
}

/* Names of files and the like have no translation, though a word of the program's may read the same. */
static void
append_argument (Translations *messages, GString *text, const Argument *argument, int depth)
{
  g_autofree char *words = g_strndup (argument->start, argument->length);
  const char *known = argument->kind == 's' ? system_words (words) : NULL;
  g_autofree char *shown =
      argument->kind == 's' && !known && strchr (words, ' ') ? translated (messages, words, depth + 1) : NULL;
  g_string_append (text, known ? known : shown ? shown : words);
}

static char *
text_of_translation (Translations *messages, const char *format, const Argument *arguments, int depth)
{
  GString *text = g_string_new (NULL);
  int next = 0;
  while (*format) {
    char kind = 0;
    int place = 0;
    gsize length = *format == '%' ? conversion_length (format, &kind, &place) : 1;
    if (kind && kind != '%') {
      int number = place ? place - 1 : next++;
      if (number < ARGUMENTS && arguments[number].start)
        append_argument (messages, text, &arguments[number], depth);
    } else
      g_string_append_len (text, format, 1);
    format += length;
  }
  return g_string_free (text, FALSE);
}

/* The number of the message that ENGLISH was made with, and its ARGUMENTS; -1: none. Of a message with a plural both forms
 * are looked at, which follow each other in the file. */
static int
message_of_text (Translations *messages, const char *english, Argument *arguments)
{
  int best = -1, most = LETTERS_LEAST - 1;
  for (guint32 i = 0; i < messages->count; i++) {
    const char *form = text_of_entry (messages, messages->originals, i);
    gsize length = number_at (messages, messages->originals + 8 * (gsize)i);
    for (const char *end = form + (*form ? length : 0); form < end; form += strlen (form) + 1) {
      Argument found[ARGUMENTS] = {0};
      if (g_str_equal (form, english))
        return (int)i;
      /* The first letter decides for nearly all of them. */
      if ((*form != '%' && *form != *english) || letters_of_format (form) <= most ||
          !text_fits (messages, english, form, found, 0))
        continue;
      memcpy (arguments, found, sizeof found);
      best = (int)i;
      most = letters_of_format (form);
    }
  }
  return best;
}

/* NULL: it is not known. */
static char *
translated (Translations *messages, const char *english, int depth)
{
  Argument arguments[ARGUMENTS] = {0};
  if (depth == DEPTH)
    return NULL;
  int message = message_of_text (messages, english, arguments);
  if (message >= 0)
    return text_of_translation (messages, text_of_entry (messages, messages->translations, message), arguments, depth);
  const char *colon = strstr (english, ": ");
  if (!colon)
    return NULL;
  g_autofree char *before = g_strndup (english, colon - english);
  g_autofree char *first = strchr (before, ' ') ? translated (messages, before, depth + 1) : NULL;
  const char *known = system_words (colon + 2);
  g_autofree char *rest = known ? g_strdup (known) : translated (messages, colon + 2, depth + 1);
  return first || rest ? g_strdup_printf ("%s: %s", first ? first : before, rest ? rest : colon + 2) : NULL;
}

char *
text_translated (const char *english)
{
  g_auto (Translations) messages = {0};
  char *text = translations_open (&messages) ? translated (&messages, english, 0) : NULL;
  return text ? text : g_strdup (english);
}

const char *
message_language (void)
{
  /* TRANSLATORS: the code of the language that this is translated into, "ja". */
  return _ ("en");
}

const char *
error_words (int code)
{
  const char *words = strerrordesc_np (code);
  return words ? words : "unknown error";
}

const char *
signal_words (int number)
{
  const char *words = sigdescr_np (number);
  return words ? words : "unknown signal";
}
