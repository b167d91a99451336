/* shared_strings.c - see shared_strings.h */
#include "read/workbook/shared_strings.h"

#include "model/error.h"

#include <glib/gi18n.h>
#include <string.h>

#define STRINGS_LIMIT (4 * 1000 * 1000)

struct SharedStrings {
  const Symbols *symbols;
  GString *texts; /* one after the other, each with a NUL */
  GArray *starts; /* gsize */
};

/* The character that "_x000D_" at TEXT stands for; 0 where there is none, or none of a text. */
static gunichar
escaped_character (const char *text)
{
  enum { LENGTH = 7 };
  if (text[0] != '_' || text[1] != 'x')
    return 0;
  gunichar character = 0;
  for (int i = 2; i < LENGTH - 1; i++) {
    if (!g_ascii_isxdigit (text[i]))
      return 0;
    character = character * 16 + g_ascii_xdigit_value (text[i]);
  }
  gboolean run = character >= RUN_AS_CELL && character <= RUN_WHITE;
  return text[LENGTH - 1] == '_' && g_unichar_validate (character) && !run ? character : 0;
}

char *
seen_runs (const char *text, gboolean cell_white, GString *hidden)
{
  GString *seen = g_string_new (NULL);
  gboolean white = cell_white;
  for (; *text; text++) {
    if (*text >= RUN_AS_CELL && *text <= RUN_WHITE)
      white = *text == RUN_WHITE || (*text == RUN_AS_CELL && cell_white);
    g_string_append_c (white ? hidden : seen, *text);
  }
  return g_string_free (seen, FALSE);
}

char *
decoded_xstring (char *text)
{
  GString *decoded = g_string_sized_new (strlen (text));
  for (const char *at = text; *at;) {
    gunichar character = escaped_character (at);
    gunichar here = character ? character : g_utf8_get_char (at);
    at = character ? at + strlen ("_x000D_") : g_utf8_next_char (at);
    if (here == '\r' && *at != '\n')
      here = '\n';
    if (here != '\r')
      g_string_append_unichar (decoded, here);
  }
  g_free (text);
  return g_string_free (decoded, FALSE);
}

gboolean
part_strikes (const PackagePart *part)
{
  return part_begins (part, "strike") && (!part_attribute (part, "val") || part_flag (part, "val"));
}

/* Indexes 1 and 9 of the palette (18.8.27), and the theme's first colour, the paper. */
gboolean
part_is_white (const PackagePart *part)
{
  const char *rgb = part_attribute (part, "rgb"), *tint = part_attribute (part, "tint");
  int indexed = part_number (part, "indexed", -1);
  if (tint && g_ascii_strtod (tint, NULL) != 0)
    return FALSE;
  return (rgb && strlen (rgb) >= 6 && !g_ascii_strcasecmp (rgb + strlen (rgb) - 6, "FFFFFF")) ||
         part_number (part, "theme", -1) == 0 || indexed == 1 || indexed == 9;
}

/* What is known of the run that is read. */
typedef struct {
  char mark; /* RUN_… */
  const SymbolFont *font;
} TextRunLook;

static void
read_look (TextRunLook *look, const PackagePart *part, const Symbols *symbols)
{
  const char *font = part_begins (part, "rFont") ? part_attribute (part, "val") : NULL;
  if (part_begins (part, "r"))
    *look = (TextRunLook){RUN_AS_CELL, NULL};
  else if (part_begins (part, "rPr"))
    look->mark = RUN_PLAIN;
  else if (part_strikes (part))
    look->mark = RUN_STRUCK;
  else if (look->mark == RUN_PLAIN && part_begins (part, "color") && part_is_white (part))
    look->mark = RUN_WHITE;
  if (font && symbols)
    look->font = symbol_font_from_name (symbols, font);
}

static void
append_run (GString *text, const TextRunLook *look, const char *run)
{
  g_autofree char *signs = look->font ? text_in_symbols (look->font, run) : NULL;
  g_string_append (text, signs ? signs : run);
}

char *
rich_text_from_part (PackagePart *part, const char *name, const Symbols *symbols)
{
  GString *text = g_string_new (NULL);
  gboolean phonetic = FALSE, within = FALSE;
  TextRunLook look = {RUN_AS_CELL, NULL};
  while (part_next (part) && !part_ends (part, name)) {
    read_look (&look, part, symbols);
    if (part_begins (part, "rPh") || part_ends (part, "rPh"))
      phonetic = part_begins (part, "rPh");
    else if (part_begins (part, "t") || part_ends (part, "t")) {
      within = part_begins (part, "t");
      if (within && !phonetic && (look.mark != RUN_AS_CELL || text->len > 0))
        g_string_append_c (text, look.mark);
    } else if (within && !phonetic && part_text (part))
      append_run (text, &look, part_text (part));
  }
  return decoded_xstring (g_string_free (text, FALSE));
}

static void
add_string (SharedStrings *strings, PackagePart *part)
{
  g_autofree char *text = rich_text_from_part (part, "si", strings->symbols);
  gsize start = strings->texts->len;
  g_array_append_val (strings->starts, start);
  g_string_append_len (strings->texts, text, strlen (text) + 1);
}

static gboolean
read_strings (SharedStrings *strings, PackagePart *part, GError **error)
{
  while (part_next (part)) {
    if (!part_begins (part, "si"))
      continue;
    if (strings->starts->len >= STRINGS_LIMIT) {
      part_close (part, NULL);
      g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                   _ ("a workbook of more than %d shared strings, the limit is %d; save only the sheet"), STRINGS_LIMIT,
                   STRINGS_LIMIT);
      return FALSE;
    }
    add_string (strings, part);
  }
  return part_close (part, error);
}

SharedStrings *
shared_strings_from_package (Package *package, const char *workbook, const Symbols *symbols, GError **error)
{
  g_autoptr (SharedStrings) strings = g_new0 (SharedStrings, 1);
  strings->symbols = symbols;
  strings->texts = g_string_new (NULL);
  strings->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  GError *failure = NULL;
  g_autofree char *name = package_related (package, workbook, "/sharedStrings", NULL, &failure);
  PackagePart *part = name ? part_open (package, name, &failure) : NULL;
  if (part)
    read_strings (strings, part, &failure);
  if (!failure)
    return g_steal_pointer (&strings);
  g_propagate_error (error, failure);
  return NULL;
}

void
shared_strings_free (SharedStrings *strings)
{
  if (!strings)
    return;
  g_string_free (strings->texts, TRUE);
  g_array_unref (strings->starts);
  g_free (strings);
}

const char *
shared_strings_at (const SharedStrings *strings, int index)
{
  if (index < 0 || index >= (int)strings->starts->len)
    return NULL;
  return strings->texts->str + g_array_index (strings->starts, gsize, index);
}
