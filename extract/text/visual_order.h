/* visual_order.h - lines in which some characters run to the left: Hebrew, Arabic. */
#pragma once

/* LINE, whose characters are in order from the left as on a page, in the order in which they are read (Unicode Annex 9,
 * inverted). A line runs to the left when most of its letters do. Brackets are kept as they look. NULL: nothing in it
 * runs to the left. The caller frees. */
char *text_logical_from_visual (const char *line);
