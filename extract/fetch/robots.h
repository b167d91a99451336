/* robots.h - what a host disallows robots to fetch: robots.txt (RFC 9309).
 *
 * A file is groups of lines: whom they are for (user-agent), then what is allowed and disallowed. The groups that name
 * this program count together; where there is none, those for "*"; where there is none, all is allowed. Of the rules
 * that match, the longest decides, and "allow" between two of a length. "*" matches anything, "$" the end.
 * Percent-encoding is normalized before comparing (section 2.2.2). crawl-delay is not in the RFC; it is obeyed.
 */
#pragma once

#include <glib.h>

/* Bytes after these are not read (section 2.5: a parser may stop there). */
#define ROBOTS_BYTES_LIMIT (500u * 1024)

typedef struct Robots Robots;

/* Reads any bytes; lines that are not rules are ignored. PRODUCT: the program's name, of letters, "_" and "-". */
Robots *robots_new (const char *bytes, gsize length, const char *product);

/* TARGET: path and query, from "/". */
gboolean robots_allow (const Robots *robots, const char *target);

/* Seconds between two requests; 0: it does not say. */
double robots_delay (const Robots *robots);

void robots_free (Robots *robots);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Robots, robots_free)
