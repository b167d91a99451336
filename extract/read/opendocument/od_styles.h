/* od_styles.h - what the styles of an OpenDocument file say (OpenDocument 1.3 part 3, 16): styles.xml and the automatic
 * styles of content.xml.
 *
 *     <style:style style:family="text" style:name="T1" style:parent-style-name="…">
 *       <style:text-properties style:text-line-through-style="solid"/>                    struck out
 */
#pragma once

#include "read/package.h"

typedef struct OdStyles OdStyles;

OdStyles *od_styles_new (void);
void od_styles_free (OdStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OdStyles, od_styles_free)

/* Reads the element at which PART is, if it is a style, up to its end; TRUE: it was one. */
gboolean od_styles_read (OdStyles *styles, PackagePart *part);

/* Reads styles.xml, if there is one. Errors: those of part_open and part_close. */
gboolean od_styles_read_common (OdStyles *styles, Package *package, GError **error);

/* FAMILY: "text", "paragraph", "table", "table-cell". NAME may be NULL. */
gboolean od_styles_strike (const OdStyles *styles, const char *family, const char *name);
gboolean od_styles_hides (const OdStyles *styles, const char *family, const char *name); /* text, or a table */

/* Whether the letters are white, and have no ground of their own. */
gboolean od_styles_white (const OdStyles *styles, const char *family, const char *name);

/* Whether the ground of a cell, paragraph or text has a colour, and not white. */
gboolean od_styles_filled (const OdStyles *styles, const char *family, const char *name);

/* The level of the heading that paragraphs with this style are: 0 the title; -1: they are none. */
int od_styles_heading (const OdStyles *styles, const char *name);

/* A list style's LEVEL, from 0; NULL: it has none. Borrowed. */
typedef struct {
  char *format, *prefix, *suffix, *bullet; /* NULL: none */
  int start, shown;                        /* how many levels its label has */
} OdListLevel;

#define OD_LIST_LEVELS 10

const OdListLevel *od_styles_list_level (const OdStyles *styles, const char *list_style, int level);
