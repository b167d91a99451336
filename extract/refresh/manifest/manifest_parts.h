/* manifest_parts.h - the parts of the manifest's reader, for manifest*.c only.
 *
 *   bytes ────────► characters ────► a tree of values, ────► shape and meaning ────► structs ────► Manifest
 *                                    with their places       of each value           by libcyaml
 *                   manifest_syntax.c   manifest_places.c    manifest_check.c        manifest.c
 *                                                            manifest_fields.c
 *
 * libcyaml loads by a schema, but stops at the first mistake and does not tell where a value stood that it has loaded.
 * Hence the file is first read into a tree with places, by libyaml, which libcyaml itself reads with; the tree is held
 * against the very schema that libcyaml loads by. All mistakes are so found at once, each with its place. Lines and
 * columns count from 1, columns in characters.
 */
#pragma once

#include "refresh/manifest/manifest.h"

#include <cyaml/cyaml.h>

typedef struct {
  int line, column;
} ManifestPlace;

/* mistakes.c: what is wrong, and where. */
typedef struct {
  GArray *list; /* Mistake, in the order in which they were found */
} Mistakes;

Mistakes *mistakes_new (void);
void mistakes_free (Mistakes *mistakes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mistakes, mistakes_free)
void mistakes_add (Mistakes *mistakes, ManifestPlace place, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Sets ERROR (CHECKSHEET_ERROR_MANIFEST), a line for each mistake in the file's order. TRUE: there are none. */
gboolean mistakes_are_none (Mistakes *mistakes, GError **error);

/* TEXT as it can stand in a message: on one line, and not long. The caller frees. */
char *text_for_message (const char *text);

/* manifest_syntax.c: characters that no manifest has; TRUE: there are none. */
gboolean manifest_characters_are_good (GBytes *bytes, Mistakes *mistakes);

/* What stopped libyaml's PARSER, in plain words. */
struct yaml_parser_s;
void manifest_syntax_mistake (const struct yaml_parser_s *parser, GBytes *bytes, Mistakes *mistakes);

/* manifest_places.c */
typedef enum {
  VALUE_TEXT,
  VALUE_LIST,
  VALUE_MAP,
  VALUE_WRONG, /* was a mistake already: nothing more is said of it */
} ValueKind;

typedef struct ManifestValue {
  ValueKind kind;
  ManifestPlace place;
  const char *text; /* of VALUE_TEXT; up to its first NUL */
  gboolean plain;   /* without quotes */
  gboolean has_nul;
  const char *key; /* what it is the value of; NULL in a list */
  ManifestPlace key_place;
  struct ManifestValue *first, *last, *next; /* what is in it; what comes after it */
} ManifestValue;

typedef struct {
  GPtrArray *values; /* all of them, owned */
  GStringChunk *texts;
  ManifestValue *top; /* NULL: the file is empty */
  gboolean whole;     /* read to its end; else a mistake says why not */
} ManifestTree;

ManifestTree *manifest_tree_from_bytes (GBytes *bytes, Mistakes *mistakes);
void manifest_tree_free (ManifestTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ManifestTree, manifest_tree_free)

/* The first value of KEY in MAP, or NULL. */
const ManifestValue *manifest_value (const ManifestValue *map, const char *key);
gboolean manifest_value_is_empty (const ManifestValue *value); /* nothing, or YAML's words for it */

/* manifest_check.c: the tree against SCHEMA, and what a schema cannot say. */
void manifest_check (const ManifestTree *tree, const cyaml_schema_value_t *schema, Mistakes *mistakes);

/* manifest_fields.c: whether VALUE may be that of its key. */
void manifest_check_field (const ManifestValue *value, Mistakes *mistakes);

/* manifest.c: for bytes at hand. */
Manifest *manifest_from_bytes (GBytes *bytes, const char *corpus, GError **error);
