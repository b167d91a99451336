/* segment.h - lines of text segments, and the gutters between the segments of several lines.
 *
 *      No.    種別      項目             回答             a segment: words with no wide space between them
 *      1   |  可用性  | サービス時間   | 24時間365日      a gutter: x that no segment of the lines covers
 *          |          |                | 計画停止を除く
 *
 * All lengths are points, from the top left of the page; those named "ems" are parts of the size of a line's
 * characters.
 */
#pragma once

#include "model/page.h"

typedef enum {
  SEGMENT_WORDS,
  SEGMENT_VALUE, /* figures: "1,204", "(3.5)", "$12", "2009" */
  SEGMENT_SIGN,  /* neither letters nor figures: "$", "–", "•" */
} SegmentKind;

typedef struct {
  double x0, x1;
  gboolean wide_end; /* its last character is an ideograph or a kana: such text is wrapped anywhere */
  SegmentKind kind;
  gboolean led;      /* dots lead to it */
  gboolean running;  /* a part of running text (running_text.h) */
  gboolean mark;     /* the mark of a list entry: "•", "2.", "(a)", "[7]" */
  gunichar first;    /* its first character */
  gunichar last;     /* its last one */
  int number;        /* its value where it consists of digits; else -1 */
  int words;         /* how many, separated by spaces */
  double first_word; /* its width */
  guint32 hash;      /* of its characters: equal where two segments say the same */
  gboolean
      goes_on; /* it begins with a closing bracket, or right behind a full-width space: what is before it goes on */
} TextSegment;

/* Between two words of a segment. */
typedef struct {
  double x0, x1;
} WordSpace;

typedef struct {
  double y, em;     /* its middle; the size of its characters */
  GArray *segments; /* TextSegment, from left to right; at least one */
  GArray *spaces;   /* WordSpace */
  gboolean spans;   /* part of a table's head: one of its segments is above several columns */
} SegmentLine;

/* A list of SegmentLine, which frees them; a copy of one; LINE with the segments of OTHER beside it. */
GPtrArray *segment_lines_new (void);
SegmentLine *segment_line_copy (const SegmentLine *line);
void segment_line_take (SegmentLine *line, const SegmentLine *other);

/* LINES (GlyphLine, from the top) as a list of SegmentLine, which frees them. ALIGNED: where segments of many lines begin at
 * one x, any space before it separates segments. */
GPtrArray *segment_lines_from_lines (GPtrArray *lines, gboolean aligned);

/* The same of the lines of GLYPHS (const Glyph *). */
GPtrArray *segment_lines_from_glyphs (GPtrArray *glyphs, gboolean aligned);

typedef struct {
  double left, right;
  int origin; /* the gap of the first line that it is part of: at least one part of each must stay open */
} Gutter;

/* The gaps between the segments of LINE: an array of Gutter, from left to right, which the caller frees. */
GArray *gutters_from_line (const SegmentLine *line);

/* Takes LINE's segments out of GUTTERS. FALSE, with GUTTERS unchanged, where a gap of the first line would close. */
gboolean gutters_admit (GArray **gutters, const SegmentLine *line);

/* Whether LINE leaves open part of the gap of the first line that gutter INDEX of GUTTERS is part of. */
gboolean gutter_is_open (GArray *gutters, guint index, const SegmentLine *line);
