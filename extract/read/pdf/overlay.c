/* overlay.c - see overlay.h */
#include "read/pdf/overlay.h"

#include "read/pdf/covers.h"
#include "read/pdf/fate_note.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum {
  EVIDENCE_ARTIFACT,
  EVIDENCE_ANNOTATION,
  EVIDENCE_TURNED,
  EVIDENCE_LARGER,
  EVIDENCE_FAR_LARGER,
  EVIDENCE_PALER,
  EVIDENCE_FAR_PALER,
  EVIDENCE_OVER_WORDS,
  EVIDENCE_OVER_MANY,
  EVIDENCE_TILED,
  EVIDENCE_PIECE,
  EVIDENCE_RINGED,
  EVIDENCE_COLOURED,
  EVIDENCE_SLANTED_HEADS,
  EVIDENCES,
} OverlayEvidence;

/* A run with OVERLAY_SCORE lies over the page. Measured on tests/painting.py and ../shared/faults; of the runs of corpus/
 * and tests/cases/ that are in the page none has more than 0.5. */
#define OVERLAY_SCORE 0.7

static const double OVERLAY_WEIGHTS[EVIDENCES] = {
    [EVIDENCE_ARTIFACT] = 1.0,       [EVIDENCE_ANNOTATION] = 1.0, [EVIDENCE_TURNED] = 0.7,
    [EVIDENCE_LARGER] = 0.2,      /* LARGER times the body's size */
    [EVIDENCE_FAR_LARGER] = 0.35, /* FAR_LARGER times */
    [EVIDENCE_PALER] = 0.2,       /* PALER times the body's contrast */
    [EVIDENCE_FAR_PALER] = 0.35,     [EVIDENCE_OVER_WORDS] = 0.3, [EVIDENCE_TILED] = 0.2,
    [EVIDENCE_PIECE] = 0.3,     /* of the words of another run that lies over the page and looks alike */
    [EVIDENCE_OVER_MANY] = 0.2, /* OVER_MANY of its letters are over others: no line of the page is set so */
    [EVIDENCE_RINGED] = 0.5,         [EVIDENCE_COLOURED] = 0.2, /* as the body is not */
    [EVIDENCE_SLANTED_HEADS] = -0.4, /* different words turned alike, side by side on one line */
};

#define LARGER 2.5
#define FAR_LARGER 5
#define PALER 0.6
#define FAR_PALER 0.35
#define TILES 3
#define OVER_MANY 4

/* Turned: by so many degrees at least from a multiple of 90 to the page's text. A text layer over a scan is off by less. */
#define TURNED_DEGREES 4

/* Coloured: the components of a colour are so far apart. */
#define COLOURED 80

/* A ring is no larger than so many ems of its words, and is not closer than the words are. */
#define RING_EMS 7
#define RING_WORDS_EMS 8 /* of its widest words: 株式会社, 2026.11.30 */

/* Rings and runs alike more often than this are part of the page: badges. */
#define RINGS_LIMIT 3

/* Glyphs that are held against each other, on a page. */
#define STEPS_LIMIT 20000000

typedef struct {
  guint first, end; /* of the page's glyphs, white space included */
  guint glyphs;     /* white space left out */
  Box box;
  double angle; /* degrees, 0 to 360, clockwise: y grows downwards */
  double size, contrast;
  PaintedColour colour;
  gboolean evidence[EVIDENCES];
  char *words; /* without white space; NULL: it is not in question */
} OverlayRun;

typedef struct {
  SeenPage *seen;
  GArray *runs;      /* OverlayRun */
  double angle;      /* of most of the page's text */
  double size;       /* of the body: the median of its glyphs */
  double contrast;   /* the same */
  gboolean coloured; /* the body is */
  guint steps;
} OverlayPage;

static const PaintedGlyph *
glyph_at (const OverlayPage *page, guint index)
{
  return &g_array_index (page->seen->painted->glyphs, PaintedGlyph, index);
}

static double
angle_of (const PaintedGlyph *glyph)
{
  double degrees = atan2 (glyph->direction_y, glyph->direction_x) * 180 / G_PI;
  return degrees < 0 ? degrees + 360 : degrees;
}

/* Runs */

/* Whether GLYPH goes on with the run that AFTER is the last glyph of. */
static gboolean
goes_on (const PaintedGlyph *after, const PaintedGlyph *glyph)
{
  double em = MAX (after->size, 1), dx = glyph->origin_x - after->origin_x, dy = glyph->origin_y - after->origin_y;
  double along = dx * after->direction_x + dy * after->direction_y;
  double across = fabs (dx * after->direction_y - dy * after->direction_x);
  return after->state.annotation == glyph->state.annotation && after->state.artifact == glyph->state.artifact &&
         fabs (after->size - glyph->size) < 0.02 * em && colour_difference (after->colour, glyph->colour) == 0 &&
         after->direction_x * glyph->direction_x + after->direction_y * glyph->direction_y > 0.9999 &&
         across < 0.1 * em && along > -0.5 * em && along < 3 * em;
}

static void
runs_find (OverlayPage *page)
{
  const PaintedGlyph *before = NULL;
  for (guint i = 0; i < page->seen->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = glyph_at (page, i);
    if (page->seen->glyph_fates[i] != FATE_SEEN || glyph->space)
      continue;
    if (!before || !goes_on (before, glyph)) {
      OverlayRun run = {.first = i, .box = glyph->box, .size = glyph->size, .colour = glyph->colour};
      run.angle = angle_of (glyph);
      g_array_append_val (page->runs, run);
    }
    OverlayRun *run = &g_array_index (page->runs, OverlayRun, page->runs->len - 1);
    run->end = i + 1;
    run->glyphs++;
    run->box = box_union (run->box, glyph->box);
    before = glyph;
  }
}

/* By the ground under the first glyph of each run. Outlines of letters and what is not known contrast fully. */
static void
measure_contrast (OverlayPage *page)
{
  g_autoptr (GArray) points = g_array_sized_new (FALSE, FALSE, sizeof (CoveredPoint), page->runs->len);
  for (guint i = 0; i < page->runs->len; i++) {
    const PaintedGlyph *glyph = glyph_at (page, g_array_index (page->runs, OverlayRun, i).first);
    CoveredPoint point = {.x = (glyph->box.x0 + glyph->box.x1) / 2,
                          .y = (glyph->box.y0 + glyph->box.y1) / 2,
                          .order = glyph->state.order};
    g_array_append_val (points, point);
  }
  covers_find (page->seen->painted, page->seen->covers, points, FALSE);
  for (guint i = 0; i < page->runs->len; i++) {
    OverlayRun *run = &g_array_index (page->runs, OverlayRun, i);
    run->contrast = colour_difference (run->colour, g_array_index (points, CoveredPoint, i).ground) *
                    glyph_at (page, run->first)->state.opacity;
  }
}

/* The body */

static gboolean
is_coloured (PaintedColour colour)
{
  int highest = MAX (MAX (colour.red, colour.green), colour.blue),
      lowest = MIN (MIN (colour.red, colour.green), colour.blue);
  return colour.known && highest - lowest >= COLOURED;
}

/* The value in the middle of COUNTS, by 1/4 of a unit. */
static double
median_of (const guint *counts, guint values, guint all)
{
  guint passed = 0;
  for (guint i = 0; i < values; i++) {
    passed += counts[i];
    if (passed * 2 >= all)
      return (i + 0.5) / 4;
  }
  return values / 4.0;
}

static void
measure_body (OverlayPage *page)
{
  guint angles[360] = {0}, sizes[400] = {0}, contrasts[1024] = {0}, all = 0, coloured = 0;
  for (guint i = 0; i < page->runs->len; i++) {
    const OverlayRun *run = &g_array_index (page->runs, OverlayRun, i);
    angles[(guint)(run->angle + 0.5) % 360] += run->glyphs;
    sizes[(guint)CLAMP (run->size * 4, 0, 399)] += run->glyphs;
    contrasts[(guint)CLAMP (run->contrast * 4, 0, 1023)] += run->glyphs;
    coloured += is_coloured (run->colour) ? run->glyphs : 0;
    all += run->glyphs;
  }
  for (guint i = 0, most = 0; i < 360; i++)
    if (angles[i] > most) {
      most = angles[i];
      page->angle = i;
    }
  page->size = median_of (sizes, G_N_ELEMENTS (sizes), all);
  page->contrast = median_of (contrasts, G_N_ELEMENTS (contrasts), all);
  page->coloured = coloured * 2 > all;
}

/* Evidence */

static double
turned_by (const OverlayPage *page, const OverlayRun *run)
{
  double off = fmod (run->angle - page->angle + 720, 90);
  return MIN (off, 90 - off);
}

/* The middle of a glyph's ink, whatever its direction. */
static void
middle_of (const PaintedGlyph *glyph, double *x, double *y)
{
  double along = glyph->vertical ? 0.5 : 0.25, up = glyph->vertical ? 0 : 0.35;
  *x = glyph->origin_x + glyph->size * (along * glyph->direction_x + up * glyph->direction_y);
  *y = glyph->origin_y + glyph->size * (along * glyph->direction_y - up * glyph->direction_x);
}

/* How many glyphs of the run have glyphs of other runs within reach, counted up to OVER_MANY. */
static guint
glyphs_over_words (OverlayPage *page, const OverlayRun *run)
{
  guint over = 0;
  for (guint i = run->first; i < run->end && over < OVER_MANY; i++) {
    double x, y, other_x, other_y;
    middle_of (glyph_at (page, i), &x, &y);
    for (guint j = 0; j < page->seen->painted->glyphs->len && page->steps < STEPS_LIMIT; j++) {
      const PaintedGlyph *other = glyph_at (page, j);
      page->steps++;
      if ((j >= run->first && j < run->end) || page->seen->glyph_fates[j] != FATE_SEEN || other->space)
        continue;
      middle_of (other, &other_x, &other_y);
      double reach = (run->size + other->size) * 0.35, dx = other_x - x, dy = other_y - y;
      if (dx * dx + dy * dy < reach * reach) {
        over++;
        break;
      }
    }
  }
  return over;
}

/* Whether PATH is drawn closely round the run, in its colour. */
static gboolean
is_ring_of (const PaintedPath *path, const OverlayRun *run)
{
  double width = path->box.x1 - path->box.x0, height = path->box.y1 - path->box.y0;
  return !path->filled && path->count >= 4 && colour_difference (path->colour, run->colour) <= 24 &&
         path->box.x0 <= run->box.x0 + 1 && path->box.x1 >= run->box.x1 - 1 &&
         path->box.y0 <= run->box.y0 + run->size * 0.3 && path->box.y1 >= run->box.y1 - run->size * 0.3 &&
         width < RING_EMS * run->size && height < RING_EMS * run->size;
}

static gboolean
has_ring (OverlayPage *page, const OverlayRun *run)
{
  GArray *paths = page->seen->painted->paths;
  double width = MAX (run->box.x1 - run->box.x0, run->box.y1 - run->box.y0);
  for (guint i = 0; width <= RING_WORDS_EMS * run->size && i < paths->len && page->steps++ < STEPS_LIMIT; i++)
    if (page->seen->path_fates[i] == FATE_SEEN && is_ring_of (&g_array_index (paths, PaintedPath, i), run))
      return TRUE;
  return FALSE;
}

static gboolean
is_over_the_page (const OverlayPage *page, int annotation)
{
  if (annotation == PAINTED_NONE)
    return FALSE;
  AnnotationKind kind = g_array_index (page->seen->painted->annotations, PaintedAnnotation, annotation).kind;
  return kind == ANNOTATION_STAMP || kind == ANNOTATION_WATERMARK;
}

/* What the run itself shows; the dearer evidence only where there is any of the others. */
static void
collect_evidence (OverlayPage *page, OverlayRun *run)
{
  const PaintedState *state = &glyph_at (page, run->first)->state;
  gboolean *evidence = run->evidence;
  evidence[EVIDENCE_ARTIFACT] = state->artifact == ARTIFACT_WATERMARK;
  evidence[EVIDENCE_ANNOTATION] = is_over_the_page (page, state->annotation);
  evidence[EVIDENCE_TURNED] = turned_by (page, run) >= TURNED_DEGREES;
  evidence[EVIDENCE_FAR_LARGER] = run->size >= FAR_LARGER * page->size;
  evidence[EVIDENCE_LARGER] = !evidence[EVIDENCE_FAR_LARGER] && run->size >= LARGER * page->size;
  evidence[EVIDENCE_FAR_PALER] = run->contrast <= FAR_PALER * page->contrast;
  evidence[EVIDENCE_PALER] = !evidence[EVIDENCE_FAR_PALER] && run->contrast <= PALER * page->contrast;
  evidence[EVIDENCE_COLOURED] = !page->coloured && is_coloured (run->colour);
  for (int i = 0; i < EVIDENCES; i++)
    if (evidence[i]) {
      run->words = fate_words (page->seen, FATE_SEEN, run->first, run->end);
      break;
    }
  if (!run->words)
    return;
  evidence[EVIDENCE_RINGED] = evidence[EVIDENCE_COLOURED] && has_ring (page, run);
  guint over = glyphs_over_words (page, run);
  evidence[EVIDENCE_OVER_WORDS] = over > 0;
  evidence[EVIDENCE_OVER_MANY] = over >= OVER_MANY;
}

static double
score_of (const OverlayRun *run)
{
  double score = 0;
  for (int i = 0; i < EVIDENCES; i++)
    score += run->evidence[i] ? OVERLAY_WEIGHTS[i] : 0;
  return score;
}

/* Runs with the same words and looks share what there is for them. */
static char *
look_of (const OverlayRun *run)
{
  return g_strdup_printf ("%s %.1f %.0f %02x%02x%02x", run->words, run->size, run->angle, run->colour.red,
                          run->colour.green, run->colour.blue);
}

static void
share_evidence (GPtrArray *alike)
{
  gboolean badges = FALSE;
  guint rings = 0;
  for (guint i = 0; i < alike->len; i++)
    rings += ((OverlayRun *)alike->pdata[i])->evidence[EVIDENCE_RINGED];
  badges = rings > RINGS_LIMIT;
  gboolean over = FALSE;
  for (guint i = 0; i < alike->len; i++)
    over = over || ((OverlayRun *)alike->pdata[i])->evidence[EVIDENCE_OVER_WORDS];
  for (guint i = 0; i < alike->len; i++) {
    OverlayRun *run = alike->pdata[i];
    run->evidence[EVIDENCE_OVER_WORDS] = over;
    run->evidence[EVIDENCE_TILED] = alike->len >= TILES && over;
    run->evidence[EVIDENCE_RINGED] = run->evidence[EVIDENCE_RINGED] && !badges;
  }
}

static void
compare_runs (OverlayPage *page)
{
  g_autoptr (GHashTable) looks =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < page->runs->len; i++) {
    OverlayRun *run = &g_array_index (page->runs, OverlayRun, i);
    if (!run->words)
      continue;
    g_autofree char *look = look_of (run);
    GPtrArray *alike = g_hash_table_lookup (looks, look);
    if (!alike)
      g_hash_table_insert (looks, g_steal_pointer (&look), alike = g_ptr_array_new ());
    g_ptr_array_add (alike, run);
  }
  GHashTableIter each;
  gpointer alike;
  g_hash_table_iter_init (&each, looks);
  while (g_hash_table_iter_next (&each, NULL, &alike))
    share_evidence (alike);
}

/* Heads of columns that are set on a slant: other words turned by the same angle begin on the same line. */
static void
find_slanted_heads (OverlayPage *page)
{
  for (guint i = 0; i < page->runs->len; i++) {
    OverlayRun *run = &g_array_index (page->runs, OverlayRun, i);
    const PaintedGlyph *start = glyph_at (page, run->first);
    guint others = 0;
    for (guint j = 0; run->evidence[EVIDENCE_TURNED] && j < page->runs->len && page->steps++ < STEPS_LIMIT; j++) {
      const OverlayRun *other = &g_array_index (page->runs, OverlayRun, j);
      others += other->evidence[EVIDENCE_TURNED] && fabs (other->angle - run->angle) < 1 && other->words &&
                run->words && strcmp (other->words, run->words) != 0 && fabs (other->size - run->size) < 0.1 &&
                fabs (glyph_at (page, other->first)->origin_y - start->origin_y) < run->size;
    }
    run->evidence[EVIDENCE_SLANTED_HEADS] = others >= 2;
  }
}

static gboolean
looks_like (const OverlayRun *run, const OverlayRun *other)
{
  return fabs (other->size - run->size) < 0.1 && fabs (other->angle - run->angle) < 1 &&
         colour_difference (other->colour, run->colour) == 0;
}

/* A tile that other words cut is several runs, each with a part of its words. */
static void
find_pieces (OverlayPage *page)
{
  for (guint i = 0; i < page->runs->len; i++) {
    OverlayRun *run = &g_array_index (page->runs, OverlayRun, i);
    for (guint j = 0; run->words && score_of (run) < OVERLAY_SCORE && j < page->runs->len; j++) {
      const OverlayRun *other = &g_array_index (page->runs, OverlayRun, j);
      run->evidence[EVIDENCE_PIECE] = page->steps++ < STEPS_LIMIT && other->words && looks_like (run, other) &&
                                      strstr (other->words, run->words) && score_of (other) >= OVERLAY_SCORE;
    }
  }
}

/* Notes */

static gboolean
take_overlays (OverlayPage *page)
{
  gboolean any = FALSE;
  for (guint i = 0; i < page->runs->len; i++) {
    const OverlayRun *run = &g_array_index (page->runs, OverlayRun, i);
    if (!run->words || score_of (run) < OVERLAY_SCORE)
      continue;
    any = TRUE;
    for (guint j = run->first; j < run->end; j++)
      if (page->seen->glyph_fates[j] == FATE_SEEN)
        page->seen->glyph_fates[j] = FATE_OVERLAY;
    GArray *paths = page->seen->painted->paths;
    for (guint j = 0; run->evidence[EVIDENCE_COLOURED] && j < paths->len && page->steps++ < STEPS_LIMIT; j++)
      if (is_ring_of (&g_array_index (paths, PaintedPath, j), run))
        page->seen->path_fates[j] = FATE_OVERLAY;
  }
  return any;
}

/* A page of which most is a watermark is marked wrongly. */
static gboolean
is_marked_wrongly (const OverlayPage *page)
{
  guint marked = 0, all = 0;
  for (guint i = 0; i < page->runs->len; i++) {
    const OverlayRun *run = &g_array_index (page->runs, OverlayRun, i);
    all += run->glyphs;
    marked += glyph_at (page, run->first)->state.artifact == ARTIFACT_WATERMARK ? run->glyphs : 0;
  }
  return marked * 2 > all;
}

static void
take_paths (OverlayPage *page, gboolean artifacts)
{
  GArray *paths = page->seen->painted->paths;
  for (guint i = 0; i < paths->len; i++) {
    const PaintedState *state = &g_array_index (paths, PaintedPath, i).state;
    if (page->seen->path_fates[i] == FATE_SEEN &&
        ((artifacts && state->artifact == ARTIFACT_WATERMARK) || is_over_the_page (page, state->annotation)))
      page->seen->path_fates[i] = FATE_OVERLAY;
  }
}

/* One note for each wording, with the place of the first. */
static void
note_overlays (const OverlayPage *page, GPtrArray *notes)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  gsize letters = 0;
  for (guint i = 0; i < page->runs->len; i++) {
    const OverlayRun *run = &g_array_index (page->runs, OverlayRun, i);
    if (!run->words || page->seen->glyph_fates[run->first] != FATE_OVERLAY)
      continue;
    g_autofree char *words = fate_words (page->seen, FATE_OVERLAY, run->first, run->end);
    letters += fate_letters (page->seen, FATE_OVERLAY, run->first, run->end);
    if (g_hash_table_add (said, run->words) && g_hash_table_size (said) <= FATE_NOTES_LIMIT)
      notes_add (notes, "watermark", NOTE_INFO, (Place){.page = page->seen->number, .box = run->box},
                 "“%s” lies over the page, and is in no cell.", words);
  }
  if (letters > 0 && g_hash_table_size (said) > 0)
    notes_count_left_out (notes, letters);
}

static void
run_clear (gpointer data)
{
  g_free (((OverlayRun *)data)->words);
}

void
overlays_tell (SeenPage *seen, GPtrArray *notes)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, TRUE, sizeof (OverlayRun));
  g_array_set_clear_func (runs, run_clear);
  OverlayPage page = {.seen = seen, .runs = runs};
  runs_find (&page);
  if (runs->len == 0)
    return;
  measure_contrast (&page);
  measure_body (&page);
  gboolean wrong = is_marked_wrongly (&page);
  for (guint i = 0; i < runs->len; i++) {
    OverlayRun *run = &g_array_index (runs, OverlayRun, i);
    collect_evidence (&page, run);
    if (wrong)
      run->evidence[EVIDENCE_ARTIFACT] = FALSE;
  }
  compare_runs (&page);
  find_slanted_heads (&page);
  find_pieces (&page);
  take_paths (&page, !wrong);
  if (take_overlays (&page))
    note_overlays (&page, notes);
}
