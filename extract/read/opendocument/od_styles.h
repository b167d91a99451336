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

/* What a style says, itself or by its parents. */
typedef enum {
  OD_STYLE_STRUCK, /* a boolean, as all but the last */
  OD_STYLE_HIDDEN, /* text, or a table */
  OD_STYLE_WHITE,  /* the letters are */
  OD_STYLE_FILLED, /* the ground has a colour, and not white */
  OD_STYLE_OUTLINE /* of a paragraph: the level of the heading, 0 the title */
} OdStyleSaid;

#define OD_STYLE_UNSAID (-1)

/* FAMILY: "text", "paragraph", "table", "table-row", "table-cell". NAME may be NULL. */
int od_styles_say (const OdStyles *styles, const char *family, const char *name, OdStyleSaid what);

/* The family of its font; NULL: it says none. Borrowed. */
const char *od_styles_font (const OdStyles *styles, const char *family, const char *name);

/* A list style's LEVEL, from 0; NULL: it has none. Borrowed. */
typedef struct {
  char *format, *prefix, *suffix, *bullet; /* NULL: none */
  int start, shown;                        /* how many levels its label has */
} OdListLevel;

#define OD_LIST_LEVELS 10

const OdListLevel *od_styles_list_level (const OdStyles *styles, const char *list_style, int level);
