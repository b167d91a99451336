/* manual.c - see manual.h; the pages are in manual_page.c, the completions in completion.c. */
#include "commands/manual.h"

#include <glib/gi18n.h>
#include <string.h>

#include "change/marked_text.h"
#include "text/width.h"

/* Cells of a terminal; where what options mean begins. */
enum { HELP_WIDTH = 80, OPTION_COLUMN = 30 };

const GOptionEntry *
manual_option (const Manual *manual, int number)
{
  const GOptionEntry *tables[] = {manual->own, manual->common};
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const GOptionEntry *option = tables[i]; option && option->long_name; option++)
      if (!(option->flags & G_OPTION_FLAG_HIDDEN) && number-- == 0)
        return option;
  return NULL;
}

const GOptionEntry *
manual_option_named (const Manual *manual, const char *name)
{
  const GOptionEntry *tables[] = {manual->own, manual->common};
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const GOptionEntry *option = tables[i]; option && option->long_name; option++)
      if (g_str_equal (option->long_name, name))
        return option;
  return NULL;
}

const GOptionEntry *
manual_option_short (const Manual *manual, char short_name)
{
  const GOptionEntry *option = NULL;
  for (int i = 0; (option = manual_option (manual, i)); i++)
    if (option->short_name == short_name)
      return option;
  return NULL;
}

gboolean
option_takes_argument (const GOptionEntry *option)
{
  return option->arg != G_OPTION_ARG_NONE;
}

char **
argument_choices (const char *argument)
{
  if (!argument || !strchr (argument, '|') || argument[strspn (argument, "abcdefghijklmnopqrstuvwxyz|-")])
    return NULL;
  return g_strsplit (argument, "|", -1);
}

void
manual_append_entry (GString *text, const char *name, int column, const char *words)
{
  g_autoptr (GArray) runs = runs_new ();
  g_autoptr (GString) lines = g_string_new (NULL);
  runs_add (runs, words, -1, MARK_NONE);
  append_runs (lines, runs, HELP_WIDTH, column, FALSE);
  int cells = text_cells (name) + 2;
  g_string_append_printf (text, "  %s", name);
  if (cells >= column)
    g_string_append_c (text, '\n');
  else
    g_string_erase (lines, 0, cells);
  g_auto (GStrv) all = g_strsplit (lines->str, "\n", -1);
  for (char **line = all; *line; line++)
    g_string_append_printf (text, "%s%s", g_strchomp (*line), line[1] ? "\n" : "");
}

/* "-o, --output=FILE" */
static char *
option_words (const GOptionEntry *option)
{
  g_autofree char *letter = option->short_name ? g_strdup_printf ("-%c, ", option->short_name) : g_strdup ("    ");
  const char *argument = option_takes_argument (option) ? _ (option->arg_description) : NULL;
  return g_strdup_printf ("%s--%s%s%s", letter, option->long_name, argument ? "=" : "", argument ? argument : "");
}

char *
manual_help (const Manual *manual)
{
  const Command *command = manual->command;
  const GOptionEntry *option;
  GString *help = g_string_new (NULL);
  g_string_append_printf (help, "%s\n  checksheet %s %s", _ ("Usage:"), command->name, _ ("[OPTION…]"));
  if (command->parameters)
    g_string_append_printf (help, " %s", _ (command->parameters));
  g_string_append_printf (help, "\n\n%s\n\n%s\n", _ (command->summary), _ ("Options:"));
  for (int i = 0; (option = manual_option (manual, i)); i++) {
    g_autofree char *words = option_words (option);
    manual_append_entry (help, words, OPTION_COLUMN, _ (option->description));
  }
  if (manual->notes)
    g_string_append_printf (help, "\n%s\n", manual->notes);
  g_string_append_printf (help, "\n%s\n  %s\n", _ ("Example:"), command->example);
  return g_string_free (help, FALSE);
}
