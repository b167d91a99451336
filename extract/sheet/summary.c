/* summary.c - see summary.h */
#include "sheet/summary.h"

#include "sheet/check.h"
#include "text/translated.h"

#include <glib/gi18n.h>

/* An item below this confidence is one to look at. */
#define DOUBTFUL 0.75

/* How many missing items are named. */
#define NAMED_MOST 5

/* "; missing: 21 バッチ処理時間, …" */
static void
append_missing (GString *line, const Catalogue *catalogue, const gboolean *there)
{
  int named = 0;
  for (int i = 0; i < catalogue->count && named <= NAMED_MOST; i++) {
    const CatalogueItem *item = &catalogue->items[i];
    if (there[i])
      continue;
    g_string_append (line, named == 0 ? _ ("; missing: ") : ", ");
    if (named++ == NAMED_MOST)
      g_string_append (line, "…");
    else
      g_string_append_printf (line, "%d %s", item->no, catalogue_item_words (item, message_language ()));
  }
}

/* "; 5 answers are empty, …" */
static void
append_finding (GString *line, const Sheet *sheet)
{
  if (sheet->findings->len == 0)
    return;
  const Finding *finding = g_ptr_array_index (sheet->findings, 0);
  g_autofree char *reason = check_sentence (finding);
  g_string_append_printf (line, "; %s", reason);
}

char *
sheet_summary (const Sheet *sheet)
{
  const Catalogue *catalogue = sheet->catalogue;
  g_autofree gboolean *there = g_new0 (gboolean, catalogue->count + 1);
  int mapped = 0, more = 0, doubtful = 0;
  for (guint i = 0; i < sheet->items->len; i++) {
    const Item *item = sheet_item (sheet, (int)i);
    gboolean *own = item->match.item ? &there[catalogue_index (catalogue, item->match.item)] : NULL;
    mapped += own && !*own;
    more += !own;
    doubtful += item->confidence < DOUBTFUL;
    if (own)
      *own = TRUE;
  }
  g_autoptr (GString) line = g_string_new (NULL);
  g_string_printf (line, _ ("%d of %d items"), mapped, catalogue->count);
  if (more > 0)
    g_string_append_printf (line, _ (", %d more"), more);
  if (doubtful > 0)
    g_string_append_printf (line, _ (", %d doubtful"), doubtful);
  append_missing (line, catalogue, there);
  append_finding (line, sheet);
  return g_string_free (g_steal_pointer (&line), FALSE);
}
