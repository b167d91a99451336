/* media_query.h - whether a media query (Media Queries 4) holds on a desktop screen 1280 pixels wide and 800 high. */
#pragma once

#include <glib.h>

/* Whether one of the queries between TEXT and END, parted by commas, holds; none at all holds too. */
gboolean media_queries_hold (const char *text, const char *end);
