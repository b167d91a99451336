/* package.h - a package of the Open Packaging Conventions (ECMA-376 part 2): a ZIP archive of XML parts, with relations
 * between them. libzip unpacks it, libxml2's pull parser (xmlTextReader) reads it.
 *
 * A package may be hostile: what is unpacked is counted over all parts, and so are the files of the archive. A document
 * type declaration, the only source of entities, is an error (ECMA-376 part 2, 10.1.2). Elements and attributes go by
 * their local names, so that both namespaces of the standard (transitional and strict) fit.
 */
#pragma once

#include "read/source.h"

typedef struct Package Package;

/* SOURCE must outlive it. Errors: DAMAGED, LIMIT_SIZE. */
Package *package_open (const Source *source, GError **error);
/* The bytes of all parts together that are unpacked at most. */
gsize package_limit (const Package *package);

void package_free (Package *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Package, package_free)

/* Whether there is a part NAME. In names case does not count, and a backslash counts as a slash. */
gboolean package_has (const Package *package, const char *name);

/* The name of the part that the first relation of the part BASE ("": of the package) points to whose type ends in TYPE,
 * or whose id is ID (either may be NULL). NULL where there is none; the caller frees. Errors: those of part_open and
 * part_close. */
char *package_related (Package *package, const char *base, const char *type, const char *id, GError **error);

/* The name of the part that is the document, by the relations of the package; USUAL where these leave it out, as some
 * programs do: all put the part in the same place. The caller frees; errors as above. */
char *package_main (Package *package, const char *usual, GError **error);

/* A part, read node by node: part_next goes to the next node, the others look at it. */
typedef struct PackagePart PackagePart;

/* Free it with part_close. Errors: NEEDS_PASSWORD; DAMAGED, where there is no such part. */
PackagePart *part_open (Package *package, const char *name, GError **error);

gboolean part_next (PackagePart *part); /* FALSE: at the end, or at an error, which part_close reports */
void part_skip (PackagePart *part);     /* from a start tag to its end tag: what is within is left out */
gboolean part_begins (const PackagePart *part, const char *name); /* at a start tag */
gboolean part_ends (const PackagePart *part, const char *name);   /* at an end tag; <name/> has both */
const char *part_text (const PackagePart *part);                  /* NULL: not at text; borrowed until the next node */
const char *part_attribute (const PackagePart *part, const char *name);    /* NULL: it has none; borrowed likewise */
int part_number (const PackagePart *part, const char *name, int fallback); /* an attribute: an integer, 0 or more */
gboolean part_flag (const PackagePart *part, const char *name);            /* an attribute: a boolean, or FALSE */

/* Frees PART. FALSE, with an error, where reading it failed: DAMAGED, LIMIT_SIZE. */
gboolean part_close (PackagePart *part, GError **error);
