/* partly_ruled.h - frames whose ruling lines leave out rows. */
#pragma once

#include "layout/frame/frame.h"

/* Whether FRAME is only the head of a table: what follows right below it is in its columns, without lines around it.
 * TAKEN are the glyphs in any frame. */
gboolean frame_is_head_alone (const Frame *frame, const Page *page, const gboolean *taken);
