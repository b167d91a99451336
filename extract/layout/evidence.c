/* evidence.c - see evidence.h */
#include "layout/evidence.h"

#include <math.h>
#include <string.h>

/* Sets of documents: the sheets that tests/half_drawn.py draws in 164 ways; the PDFs of corpus/, tests/cases/ and of some
 * vendors, 66; the half of the documents of the ICDAR 2013 table competition, 34. The weights of OWN and FORMS were set by
 * hand, on tables drawn to see them fail, and are not fitted: of the 34 documents of ICDAR none changed for the worse. */
#define SHEETS "164 drawn sheets, 66 check sheets"
#define OWN "by hand: 43 PDFs of tables of several levels of heads and of cards"
#define FORMS "by hand: 28 Japanese forms, 2 of them with nothing but a head filled in"
#define TABLES "by hand: 34 documents of ICDAR 2013, 40 PDFs of tables and of what is none, by five programs"
#define KINDS "by hand: 55 PDFs of tables in other people's styles, and 34 documents of ICDAR 2013"
#define PROGRAMS "by hand: 62 PDFs of tables and forms by five programs, and 34 documents of ICDAR 2013"
#define ALL "164 drawn sheets, 66 check sheets, 34 documents of ICDAR 2013"

const EvidenceWeight evidence_weights[EVIDENCES] = {
    [EVIDENCE_ROW_RULED] = {"row-ruled", 8, ALL},
    [EVIDENCE_ROW_UNRULED] = {"row-unruled", -3, ALL},
    [EVIDENCE_ROW_SPACE] = {"row-space", 4, ALL},
    [EVIDENCE_ROW_OVERLAP] = {"row-overlap", -5, ALL},
    [EVIDENCE_ROW_KEY] = {"row-key", 1.5, ALL},
    [EVIDENCE_ROW_BEGIN] = {"row-begin", 1.5, ALL},
    [EVIDENCE_ROW_BOTH] = {"row-both", 1, ALL},
    [EVIDENCE_ROW_VALUES] = {"row-values", 4, ALL},
    [EVIDENCE_ROW_REPEATS] = {"row-repeats", 3, ALL},
    [EVIDENCE_ROW_LEVELS] = {"row-levels", 5, OWN},
    [EVIDENCE_ROW_ENDS] = {"row-ends", 1.5, ALL},
    [EVIDENCE_ROW_GOES_ON] = {"row-goes-on", -2.5, ALL},
    [EVIDENCE_ROW_FEWER] = {"row-fewer", -3, ALL},
    [EVIDENCE_ROW_CONTINUES] = {"row-continues", -1.5, ALL},
    [EVIDENCE_ROW_HEAD] = {"row-head", -4, TABLES},
    [EVIDENCE_ROW_UNDRAWN] = {"row-undrawn", -1.5, ALL},
    [EVIDENCE_ROW_SELDOM] = {"row-seldom", -6, ALL},
    [EVIDENCE_ROW_KEYLESS] = {"row-keyless", -2.5, ALL},
    [EVIDENCE_ROW_KEYS] = {"row-keys", -4, PROGRAMS},
    [EVIDENCE_ROW_FIGURES] = {"row-figures", -5, ALL},
    [EVIDENCE_ROW_SPARSE] = {"row-sparse", -2, ALL},
    [EVIDENCE_BORDER_OPEN] = {"border-open", 2.5, ALL},
    [EVIDENCE_BORDER_USUAL] = {"border-usual", 0.5, ALL},
    [EVIDENCE_BORDER_UNDRAWN] = {"border-undrawn", -2.5, ALL},
    [EVIDENCE_COLUMN_UNDRAWN] = {"column-undrawn", -6, KINDS},
    [EVIDENCE_COLUMN_FIGURES] = {"column-figures", 4, KINDS},
    [EVIDENCE_COLUMN_LINES] = {"column-lines", 1.5, KINDS},
    [EVIDENCE_COLUMN_OTHERS] = {"column-others", 2, KINDS},
    [EVIDENCE_MERGED_FILLED] = {"merged-filled", 3, SHEETS},
    [EVIDENCE_MERGED_ALIGNED] = {"merged-aligned", 2, SHEETS},
    [EVIDENCE_MERGED_UNDRAWN] = {"merged-undrawn", -3.5, SHEETS},
    [EVIDENCE_NESTED_TEXT] = {"nested-text", 1, SHEETS},
    [EVIDENCE_NESTED_PLACES] = {"nested-places", -1, SHEETS},
    [EVIDENCE_CARDS] = {"cards", -3, OWN},
    [EVIDENCE_CARDS_REPEATS] = {"cards-repeats", 4, OWN},
    [EVIDENCE_CARDS_STACKED] = {"cards-stacked", 2.5, KINDS},
    [EVIDENCE_CARDS_GROUPS] = {"cards-groups", 2, OWN},
    [EVIDENCE_CARDS_RULED] = {"cards-ruled", 1.5, OWN},
    [EVIDENCE_CARDS_CROSSED] = {"cards-crossed", -4, OWN},
    [EVIDENCE_CHART] = {"chart", -2.5, KINDS},
    [EVIDENCE_CHART_LABELS] = {"chart-labels", 1, KINDS},
    [EVIDENCE_PARTING] = {"parting", -4, KINDS},
    [EVIDENCE_PARTING_RULED] = {"parting-ruled", 6, KINDS},
    [EVIDENCE_PARTING_TITLES] = {"parting-titles", 3, KINDS},
    [EVIDENCE_PARTING_HEADS] = {"parting-heads", 4, KINDS},
    [EVIDENCE_PARTING_WORDS] = {"parting-words", 1.5, KINDS},
    [EVIDENCE_TABLE] = {"table", 1, ALL},
    [EVIDENCE_TABLE_FORMULA] = {"table-formula", -3, ALL},
    [EVIDENCE_TABLE_SCALE] = {"table-scale", -3, TABLES},
    [EVIDENCE_TABLE_CONTENTS] = {"table-contents", -3, KINDS},
    [EVIDENCE_TABLE_MARKS] = {"table-marks", -3, ALL},
    [EVIDENCE_TABLE_PAGE] = {"table-page", -3, ALL},
    [EVIDENCE_TABLE_UNALIGNED] = {"table-unaligned", -20, ALL},
    [EVIDENCE_TOUCHING] = {"touching", 1, KINDS},
    [EVIDENCE_TOUCHING_SHARED] = {"touching-shared", -1.9, KINDS},
    [EVIDENCE_FRAME] = {"frame", 2, ALL},
    [EVIDENCE_FRAME_CELLS] = {"frame-cells", 0.25, ALL},
    [EVIDENCE_FRAME_EDGE] = {"frame-edge", -4.2, ALL},
    [EVIDENCE_FRAME_ONE] = {"frame-one", -1.5, ALL},
    [EVIDENCE_FRAME_EMPTY] = {"frame-empty", -5, ALL},
    [EVIDENCE_FRAME_KEY] = {"frame-key", -3, ALL},
    [EVIDENCE_FRAME_APART] = {"frame-apart", -8, KINDS},
    [EVIDENCE_FRAME_HEAD] = {"frame-head", 5, FORMS},
};

Weighing
weighing_usual (void)
{
  Weighing weighing = {.why = NULL};
  for (int i = 0; i < EVIDENCES; i++)
    weighing.weight[i] = evidence_weights[i].weight;
  return weighing;
}

void
weighing_clear (Weighing *weighing)
{
  if (weighing->why)
    g_string_free (weighing->why, TRUE);
  weighing->why = NULL;
}

gboolean
weighing_set (Weighing *weighing, const char *setting)
{
  const char *number = strchr (setting, '=');
  char *end = NULL;
  double weight = number ? g_ascii_strtod (number + 1, &end) : 0;
  for (int i = 0; i < EVIDENCES && end && end > number + 1 && !*end; i++)
    if (strlen (evidence_weights[i].name) == (size_t)(number - setting) &&
        !strncmp (evidence_weights[i].name, setting, (size_t)(number - setting))) {
      weighing->weight[i] = weight;
      return TRUE;
    }
  return FALSE;
}

Evidence
evidence_new (const Weighing *weighing)
{
  return (Evidence){.weighing = weighing};
}

void
evidence_add (Evidence *evidence, EvidenceKind kind, double amount)
{
  evidence->amount[kind] += amount;
}

double
evidence_sum (const Evidence *evidence)
{
  double sum = 0;
  for (int i = 0; i < EVIDENCES; i++)
    sum += evidence->amount[i] * evidence->weighing->weight[i];
  return sum;
}

void
evidence_say (const Evidence *evidence, int page, Box box, const char *what)
{
  GString *why = evidence->weighing->why;
  if (!why)
    return;
  g_string_append_printf (why, "page %d, box %.1f %.1f %.1f %.1f: %s: %+.2f =", page, box.x0, box.y0, box.x1, box.y1,
                          what, evidence_sum (evidence));
  for (int i = 0; i < EVIDENCES; i++)
    if (fabs (evidence->amount[i]) > 0.004)
      g_string_append_printf (why, " %+.2f %s", evidence->amount[i] * evidence->weighing->weight[i],
                              evidence_weights[i].name);
  g_string_append_c (why, '\n');
}

gboolean
evidence_decides (const Evidence *evidence, int page, Box box, const char *yes, const char *no)
{
  gboolean is = evidence_sum (evidence) > 0;
  evidence_say (evidence, page, box, is ? yes : no);
  return is;
}
