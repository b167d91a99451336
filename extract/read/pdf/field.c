/* field.c - see field.h */
#include "read/pdf/field.h"

#include <math.h>
#include <string.h>

#define TICKED 0x2611
#define UNTICKED 0x2610

/* A note has at most this many characters of a value. */
#define SHOWN_LIMIT 200

/* A value that is set into its box: points between the box and the text; the largest size; the height of a line in ems;
 * and how many ems are left free at a line's end, so that the end is one. */
#define MARGIN 2.0
#define LARGEST_SIZE 10.0
#define LINE_HEIGHT 1.3
#define FREE_EMS 6.0

/* A field lower than so many ems of the page's text has one line, which is that of the words beside it. */
#define SINGLE_LINE 4.0

static double
share_inside (Box part, Box whole)
{
  Box both = box_intersection (part, whole);
  double area = (part.x1 - part.x0) * (part.y1 - part.y0);
  return box_is_empty (both) || area <= 0 ? 0 : (both.x1 - both.x0) * (both.y1 - both.y0) / area;
}

/* Text */

static double
ems_of (gunichar character)
{
  return g_unichar_iswide (character) ? 1 : 0.5;
}

static double
ems_of_line (const char *line)
{
  double ems = 0;
  for (const char *at = line; *at; at = g_utf8_next_char (at))
    ems += ems_of (g_utf8_get_char (at));
  return ems;
}

/* Sets the value into the box of its field, each of its lines on one line: as small as that asks for. */
static void
set_value (SeenPage *seen, const PaintedAnnotation *annotation)
{
  g_autofree char *value = g_strdup (annotation->value);
  g_strdelimit (value, "\r", '\n');
  g_strchomp (value);
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  guint count = MAX (g_strv_length (lines), 1);
  double usual = usual_size (seen->painted), longest = 1;
  double width = annotation->box.x1 - annotation->box.x0, height = annotation->box.y1 - annotation->box.y0;
  for (guint i = 0; lines[i]; i++)
    longest = MAX (longest, ems_of_line (lines[i]));
  double line_height = MIN (height / count, LARGEST_SIZE * LINE_HEIGHT), size = line_height / LINE_HEIGHT;
  double em = MIN (size, MAX (width - 2 * MARGIN, 1) / (longest + FREE_EMS));
  double top = count == 1 ? annotation->box.y0 + (height - size) / 2 : annotation->box.y0 + (line_height - size) / 2;
  for (guint i = 0; lines[i]; i++, top += line_height) {
    double x = annotation->box.x0 + MIN (MARGIN, width / 4);
    Box line = {x, top, x + ems_of_line (lines[i]) * em, top + size};
    if (count == 1 && height < SINGLE_LINE * usual) {
      double half = CLAMP (height, usual, 1.5 * usual) / 2, middle = (annotation->box.y0 + annotation->box.y1) / 2;
      line = box_on_line (seen, (Box){line.x0, middle - half, line.x1, middle + half}, usual);
    }
    for (const char *at = lines[i]; *at; at = g_utf8_next_char (at)) {
      gunichar character = g_utf8_get_char (at);
      double advance = ems_of (character) * em;
      if (g_unichar_isprint (character) || g_unichar_isspace (character))
        seen_page_add (seen, character, (Box){x, line.y0, x + advance, line.y1});
      x += advance;
    }
  }
}

/* Without white space, in one normal form. The caller frees. */
static char *
squeezed (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *kept = g_string_new (NULL);
  for (const char *at = normal ? normal : text; *at; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (kept, g_utf8_get_char (at));
  return g_string_free (kept, FALSE);
}

/* The characters that the field's own glyphs show; *UNKNOWN: some have none. The caller frees. */
static char *
shown_text (const SeenPage *seen, int annotation, gboolean *unknown)
{
  GString *shown = g_string_new (NULL);
  *unknown = FALSE;
  for (guint i = 0; i < seen->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    double x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
    if (glyph->state.annotation != annotation || !box_has (glyph->state.clip, x, y))
      continue;
    if (!glyph->character)
      *unknown = TRUE;
    else
      g_string_append_unichar (shown, glyph->character);
  }
  g_autofree char *all = g_string_free (shown, FALSE);
  return squeezed (all);
}

static void
replace_glyphs (SeenPage *seen, int annotation)
{
  for (guint i = 0; i < seen->painted->glyphs->len; i++)
    if (g_array_index (seen->painted->glyphs, PaintedGlyph, i).state.annotation == annotation)
      seen->glyph_fates[i] = FATE_REPLACED;
}

static void
note_field (const SeenPage *seen, const PaintedAnnotation *annotation, const char *kind, const char *text,
            GPtrArray *notes)
{
  g_autofree char *words =
      g_strndup (text, (gsize)(g_utf8_offset_to_pointer (text, MIN (g_utf8_strlen (text, -1), SHOWN_LIMIT)) - text));
  g_strdelimit (words, "\r\n", ' ');
  notes_add (notes, "form-field", NOTE_INFO, (Place){.page = seen->number, .box = annotation->box}, "%s: \"%s\".", kind,
             words);
}

/* Where the appearance is only a part of the value, it does not fit. Where it is something else, it is what is seen: the
 * value is kept as it was typed (1000, shown as 1,000). */
static void
read_text (SeenPage *seen, int index, const char *kind, GPtrArray *notes)
{
  const PaintedAnnotation *annotation = &g_array_index (seen->painted->annotations, PaintedAnnotation, index);
  gboolean unknown;
  g_autofree char *shown = shown_text (seen, index, &unknown);
  g_autofree char *value = annotation->value ? squeezed (annotation->value) : NULL;
  if (value && *value && strcmp (shown, value) != 0 && (unknown || strstr (value, shown))) {
    replace_glyphs (seen, index);
    set_value (seen, annotation);
    note_field (seen, annotation, kind, annotation->value, notes);
  } else if (*shown)
    note_field (seen, annotation, kind, value && strcmp (shown, value) == 0 ? annotation->value : shown, notes);
}

/* Boxes */

/* ☐ □ ○ ◯ 〇 ■ ●: printed where a box is to be ticked. */
static gboolean
is_printed_box (gunichar character)
{
  return character == 0x2610 || character == 0x25A1 || character == 0x25CB || character == 0x25EF ||
         character == 0x3007 || character == 0x25A0 || character == 0x25CF || character == 0x2B1C;
}

/* What the page paints where the box is: a box again. */
static void
replace_printed_box (SeenPage *seen, Box box)
{
  const PaintedPage *page = seen->painted;
  for (guint i = 0; i < page->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, i);
    if (is_printed_box (glyph->character) && share_inside (glyph->box, box) > 0.4)
      seen->glyph_fates[i] = FATE_REPLACED;
  }
  double width = box.x1 - box.x0, height = box.y1 - box.y0;
  Box around = {box.x0 - width / 2, box.y0 - height / 2, box.x1 + width / 2, box.y1 + height / 2};
  for (guint i = 0; i < page->paths->len; i++) {
    const PaintedPath *path = &g_array_index (page->paths, PaintedPath, i);
    Box outline = {path->box.x0 - 0.1, path->box.y0 - 0.1, path->box.x1 + 0.1, path->box.y1 + 0.1};
    if (share_inside (outline, around) > 0.999 && share_inside (box, outline) + share_inside (outline, box) > 0.8)
      seen->path_fates[i] = FATE_REPLACED;
  }
}

static void
read_box (SeenPage *seen, int index, const char *kind, double em, GPtrArray *notes)
{
  const PaintedAnnotation *annotation = &g_array_index (seen->painted->annotations, PaintedAnnotation, index);
  gunichar mark = annotation->checked ? TICKED : UNTICKED;
  char text[8] = "";
  if (box_is_empty (annotation->box))
    return;
  g_unichar_to_utf8 (mark, text);
  replace_glyphs (seen, index);
  replace_printed_box (seen, annotation->box);
  seen_page_add (seen, mark, box_on_line (seen, annotation->box, em));
  note_field (seen, annotation, kind, text, notes);
}

void
fields_read (SeenPage *seen, GPtrArray *notes)
{
  const PaintedPage *page = seen->painted;
  if (page->annotations->len == 0)
    return;
  double em = usual_size (page);
  for (guint i = 0; i < page->paths->len; i++) {
    int index = g_array_index (page->paths, PaintedPath, i).state.annotation;
    if (index != PAINTED_NONE &&
        g_array_index (page->annotations, PaintedAnnotation, index).kind <= ANNOTATION_FREE_TEXT)
      seen->path_fates[i] = FATE_REPLACED;
  }
  for (guint i = 0; i < page->annotations->len; i++)
    switch (g_array_index (page->annotations, PaintedAnnotation, i).kind) {
    case ANNOTATION_TEXT_FIELD:
      read_text (seen, (int)i, "Text field", notes);
      break;
    case ANNOTATION_CHOICE_FIELD:
      read_text (seen, (int)i, "Choice field", notes);
      break;
    case ANNOTATION_FREE_TEXT:
      read_text (seen, (int)i, "Free text", notes);
      break;
    case ANNOTATION_CHECK_BOX:
      read_box (seen, (int)i, "Tick box", em, notes);
      break;
    case ANNOTATION_RADIO_BUTTON:
      read_box (seen, (int)i, "Radio button", em, notes);
      break;
    default:
      break;
    }
}
