/* counters.h - the counters of a web page's styles (CSS Lists 3, 4): numbers that `content: counter(name)` puts.
 *
 *     table { counter-reset: n }  tr { counter-increment: n }  td:first-child::before { content: counter(n) }
 *
 *     <table>      n = 0, for what is in the table and for what follows it in the element around it
 *       <tr>       n = 1     <td> "1"
 *       <tr>       n = 2     <td> "2"
 *
 * Elements are counted in the order of the document.
 */
#pragma once

#include "read/html/html_node.h"

typedef struct Counters Counters;

Counters *counters_new (void);
void counters_free (Counters *counters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counters, counters_free)

/* What NODE, or what is put into it, does: the values of `counter-reset` and `counter-increment`, in lower case; NULL: not
 * said. */
void counters_count (Counters *counters, const GumboNode *node, const char *reset, const char *increment);

/* The counter NAME at NODE in a STYLE of numbers (NULL: decimal); BETWEEN, where it is not NULL, parts those of the elements
 * around. The caller frees. */
char *counters_text (Counters *counters, const GumboNode *node, const char *name, const char *between,
                     const char *style);
