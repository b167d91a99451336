/* compiled.h - what is made of the pattern files when the program is built, and read at its start without being copied:
 * rows of one size, as they are in memory, in a GVariant.
 *
 *     typedef struct { guint32 word, length; double weight; } Entry;      "a(uud)"
 */
#pragma once

#include <glib.h>

/* The ROWS, a GArray of what TYPE ("(uud)", "u") says, floating. */
GVariant *compiled_rows (const char *type, const GArray *rows);

/* The bytes of TEXT, which may have NUL among them, floating: "ay". */
GVariant *compiled_text (const GString *text);

/* The rows that are child CHILD of the tuple COMPILED, which must outlive them; *COUNT (or NULL) becomes their number.
 * SIZE: of one of them. */
gconstpointer rows_of_compiled (GVariant *compiled, gsize child, gsize size, gsize *count);

/* The same as an array of its own; the caller frees. */
GArray *array_of_compiled (GVariant *compiled, gsize child, guint size);
