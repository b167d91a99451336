/* sheet.c - see sheet.h */
#include "model/sheet.h"

Finding *
finding_new (const char *code, NoteSeverity severity, double weight, char *words, char *text)
{
  Finding *finding = g_new0 (Finding, 1);
  *finding = (Finding){.code = code, .severity = severity, .weight = weight, .words = words, .text = text};
  finding->items = g_array_new (FALSE, FALSE, sizeof (int));
  return finding;
}

static void
finding_free (gpointer data)
{
  Finding *finding = data;
  g_array_unref (finding->items);
  g_free (finding->words);
  g_free (finding->text);
  g_free (finding);
}

Sheet *
sheet_new (void)
{
  Sheet *sheet = g_new0 (Sheet, 1);
  sheet->text = "born-digital";
  sheet->items = g_ptr_array_new_with_free_func ((GDestroyNotify)item_free);
  sheet->notes = notes_new ();
  sheet->unread_items = g_ptr_array_new ();
  sheet->findings = g_ptr_array_new_with_free_func (finding_free);
  sheet->confidence = 1;
  return sheet;
}

void
sheet_free (Sheet *sheet)
{
  if (!sheet)
    return;
  g_free (sheet->uri);
  g_free (sheet->sha256);
  g_free (sheet->member);
  document_facts_clear (&sheet->document);
  g_ptr_array_unref (sheet->items);
  g_ptr_array_unref (sheet->notes);
  g_ptr_array_unref (sheet->unread_items);
  g_ptr_array_unref (sheet->findings);
  g_free (sheet);
}

Item *
sheet_item (const Sheet *sheet, int index)
{
  return g_ptr_array_index (sheet->items, index);
}

static const char *
or_dash (const char *text)
{
  return text ? text : "-";
}

/* The match comes after the first field. */
char *
items_to_string (const Sheet *sheet)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < sheet->items->len; i++) {
    const Item *item = sheet_item (sheet, (int)i);
    const Match *match = &item->match;
    g_string_append_printf (text, "%s\t%d\t%s\t%.2f", or_dash (item->number), match->item ? match->item->no : 0,
                            or_dash (match_how_name (match->how)), match->score);
    for (int j = 0; j < ITEM_FIELD_COUNT; j++) {
      if (!item_fields[j].shown || item_fields[j].kind == COLUMN_NUMBER)
        continue;
      g_autofree char *shown = g_strdup (or_dash (*item_text_of (item, &item_fields[j])));
      g_string_append_printf (text, "\t%s",
                              item_fields[j].kind == COLUMN_ANSWER ? g_strdelimit (shown, "\n", ' ') : shown);
    }
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}
