/* yaml.h - a YAML 1.1 file as a tree whose values know their places, and the list of what is wrong in it.
 *
 *     bytes ──► characters ──► libyaml's events ──► YamlTree ──► (manifest.c) ──► Manifest
 *                  │                  │                               │
 *                  └──────────────────┴────────► Mistakes ◄───────────┘
 *
 * Only what a list of documents needs is read: one document, of texts, lists and maps. Anchors, aliases and tags are
 * mistakes: a small file could expand to gigabytes. Lines and columns count from 1, columns in characters.
 */
#pragma once

#include <glib.h>

typedef struct {
  int line, column;
} YamlPlace;

/* What is wrong in a file, and where. */
typedef struct {
  GArray *list; /* in the order in which they were found */
} Mistakes;

Mistakes *mistakes_new (void);
void mistakes_free (Mistakes *mistakes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mistakes, mistakes_free)

/* One line in the user's language. */
void mistakes_add (Mistakes *mistakes, YamlPlace place, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* "FILE:4:9: …" for each, in the file's order, with "\n" between them; of more than 100 the rest are counted. The
 * caller frees; NULL: there are none. */
char *mistakes_text (const Mistakes *mistakes, const char *file);

/* TEXT as it can be shown in a message: on one line, and not long. The caller frees. */
char *text_for_message (const char *text);

typedef enum {
  YAML_TEXT,
  YAML_LIST,
  YAML_MAP,
  YAML_WRONG, /* reported already: nothing more is said of it */
} YamlKind;

typedef struct YamlValue {
  YamlKind kind;
  YamlPlace place;
  const char *text; /* of YAML_TEXT; up to its first NUL */
  gboolean plain;   /* without quotes */
  gboolean has_nul;
  const char *key; /* what it is the value of; NULL in a list */
  YamlPlace key_place;
  struct YamlValue *first, *last, *next; /* what is in it; what comes after it */
} YamlValue;

typedef struct {
  GPtrArray *values; /* all of them, owned */
  GStringChunk *texts;
  YamlValue *top; /* NULL: the file is empty */
} YamlTree;

/* NULL: it is not UTF-8, not YAML, or could not be read to its end; MISTAKES says why. A tree may have mistakes too. */
YamlTree *yaml_tree_from_bytes (GBytes *bytes, Mistakes *mistakes);

void yaml_tree_free (YamlTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YamlTree, yaml_tree_free)

/* The first value of KEY in MAP; NULL: there is none, or MAP is not a map. */
const YamlValue *yaml_value (const YamlValue *map, const char *key);

/* Nothing, or YAML's words for it. */
gboolean yaml_value_is_empty (const YamlValue *value);
