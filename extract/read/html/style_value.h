/* style_value.h - the properties of CSS that hide or strike text or put it in columns, and their values as small numbers. */
#pragma once

#include <glib.h>

/* But for those from STYLE_COLOUR on, 0 is what hides nothing; 1, where nothing else is said, what hides. */
typedef enum {
  STYLE_DISPLAY,     /* DISPLAY_… */
  STYLE_VISIBILITY,  /* hidden, collapse; inherited */
  STYLE_FONT_SIZE,   /* below 2px: nobody reads it; inherited */
  STYLE_TEXT_INDENT, /* far off the screen; inherited */
  STYLE_OPACITY,     /* near 0 */
  STYLE_DECORATION,  /* line-through */
  STYLE_POSITION,    /* POSITION_… */
  STYLE_LEFT,        /* OFFSET_…, this and the next five */
  STYLE_TOP,
  STYLE_RIGHT,
  STYLE_BOTTOM,
  STYLE_MARGIN_LEFT,
  STYLE_MARGIN_TOP,
  STYLE_CLIP,      /* an empty rectangle */
  STYLE_CLIP_PATH, /* an empty shape */
  STYLE_WIDTH,     /* SIZE_…, this and the next three */
  STYLE_HEIGHT,
  STYLE_MAX_WIDTH,
  STYLE_MAX_HEIGHT,
  STYLE_OVERFLOW,           /* what does not fit is not shown */
  STYLE_FLOAT,              /* to a side */
  STYLE_TRANSFORM,          /* scaled to nothing, or moved far off the screen */
  STYLE_ANIMATION,          /* there is one: it may show what is hidden at first */
  STYLE_CONTENT_VISIBILITY, /* hidden */
  STYLE_GRID_COLUMNS,       /* how many columns a grid has; 0: not said */
  STYLE_FILTER,             /* opacity near 0 */
  STYLE_BORDER,             /* a line on all four sides */
  STYLE_OUTLINE,            /* the same */
  STYLE_EDGE,               /* the same above or below */
  STYLE_GROUND_FLAT,        /* the background's picture is no higher than a line, */
  STYLE_GROUND_HALFWAY,     /* and halfway down */
  STYLE_COLOUR,             /* css_colour.h; inherited */
  STYLE_GROUND,             /* the same, of the background; 0: none */
  STYLE_TEXT_DRAWN,         /* by a background that is clipped to it, a shadow or an outline: whatever its colour */
  STYLE_CONTENT,            /* the text of a pseudo-element: its number among the texts of the sheets, from 1 */
  STYLE_FONT_FAMILY,        /* the same of the family's name; inherited */
  STYLE_COUNTER_RESET,      /* the same of what `counter-reset` */
  STYLE_COUNTER_INCREMENT,  /* and `counter-increment` say */
  STYLE_VARIABLE,           /* the same of a variable that is asked for */
  STYLE_PROPERTIES,
} StyleProperty;

enum { DISPLAY_INLINE, DISPLAY_NONE, DISPLAY_BLOCK, DISPLAY_ATOMIC_INLINE, DISPLAY_TABLE_PART };
enum { OFFSET_NEAR, OFFSET_FAR, OFFSET_HALFWAY }; /* far off the screen; in the middle of a line of letters */
enum { SIZE_OTHER, SIZE_NONE, SIZE_LINE };        /* at most 1px; no more than the width of a pen */
enum { POSITION_STATIC, POSITION_RELATIVE, POSITION_ABSOLUTE };

/* The value is the parent's: "inherit", a font size in em. */
#define STYLE_INHERITED 100

/* The property that the declaration NAME: TEXT sets, with *VALUE; STYLE_PROPERTIES: none of these, or a value that
 * browsers drop. Both are in lower case and without white space around them. */
StyleProperty style_value_from_text (const char *name, const char *text, guint32 *value);

/* A length of CSS at the start of TEXT in px, percentages of 1280 px; *END: what follows it. FALSE: it is none. */
gboolean style_length_from_text (const char *text, double *length, const char **end);
