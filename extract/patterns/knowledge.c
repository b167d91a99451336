/* knowledge.c - see knowledge.h */
#include "patterns/knowledge.h"

#include "model/error.h"
#include "modules/module.h"
#include "patterns/fingerprint.h"
#include "patterns/pattern_folder.h"

#include <glib/gi18n.h>
#include <string.h>

#define CATALOGUE_FILE "meti.json"
#define SYMBOLS_FILE "symbols.tsv"
#define THESAURUS_FILE "thesaurus.tsv"
#define WRITING_FILE "writing.rules"
#define COMPARING_FILE "comparing.rules"
#define CHANGING_FILE "changing.rules"

/* The pattern files, and where in Knowledge each goes. */
static const struct {
  const char *name;
  gsize offset;
} pattern_files[] = {
    {"certifications.pattern", G_STRUCT_OFFSET (Knowledge, certifications)},
    {"changes.pattern", G_STRUCT_OFFSET (Knowledge, changes)},
    {"choices.pattern", G_STRUCT_OFFSET (Knowledge, choices)},
    {"columns.pattern", G_STRUCT_OFFSET (Knowledge, columns)},
    {"context.pattern", G_STRUCT_OFFSET (Knowledge, context)},
    {"document.pattern", G_STRUCT_OFFSET (Knowledge, document)},
    {"headings.pattern", G_STRUCT_OFFSET (Knowledge, headings)},
    {"hours.pattern", G_STRUCT_OFFSET (Knowledge, hours)},
    {"judgements.pattern", G_STRUCT_OFFSET (Knowledge, judgements)},
    {"language.pattern", G_STRUCT_OFFSET (Knowledge, language)},
    {"links.pattern", G_STRUCT_OFFSET (Knowledge, links)},
    {"names.pattern", G_STRUCT_OFFSET (Knowledge, names)},
    {"ocr_fixes.pattern", G_STRUCT_OFFSET (Knowledge, ocr_fixes)},
    {"rows.pattern", G_STRUCT_OFFSET (Knowledge, rows)},
    {"standards.pattern", G_STRUCT_OFFSET (Knowledge, standards)},
    {"status.pattern", G_STRUCT_OFFSET (Knowledge, status)},
    {"values.pattern", G_STRUCT_OFFSET (Knowledge, values)},
};

/* Files */

static GBytes *
file_bytes (const char *folder, const char *name, GError **error)
{
  g_autoptr (GError) failure = NULL;
  GBytes *bytes = pattern_folder_bytes (folder, name, &failure);
  if (!bytes)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS, "%s: %s", name, failure->message);
  return bytes;
}

/* What was compiled when the program was built, and called NAME, from the built-in files MADE_FROM; NULL: FOLDER has one
 * of them. */
static GVariant *
compiled_from (const char *folder, const char *name, const char *const *made_from)
{
  for (const char *const *file = made_from; *file; file++)
    if (pattern_folder_has (folder, *file))
      return NULL;
  return compiled_pattern_file (name);
}

/* MADE_FROM: its file first, then those of what is before it. */
static Folding *
open_folding (const char *folder, const char *const *made_from, FoldingNormalizer normalizer, const Folding *before,
              GError **error)
{
  g_autoptr (GVariant) compiled = compiled_from (folder, made_from[0], made_from);
  if (compiled)
    return folding_from_compiled (compiled, normalizer, before);
  g_autoptr (GBytes) bytes = file_bytes (folder, made_from[0], error);
  return bytes ? folding_new (made_from[0], bytes, normalizer, before, error) : NULL;
}

static Folding *
open_writing (const char *folder, GError **error)
{
  static const char *const made_from[] = {WRITING_FILE, NULL};
  return open_folding (folder, made_from, FOLDING_NFC, NULL, error);
}

static Folding *
open_comparing (const char *folder, const Folding *writing, GError **error)
{
  static const char *const made_from[] = {COMPARING_FILE, WRITING_FILE, NULL};
  return open_folding (folder, made_from, FOLDING_NFKC_CASEFOLD, writing, error);
}

static Folding *
open_changing (const char *folder, const Folding *comparing, GError **error)
{
  static const char *const made_from[] = {CHANGING_FILE, COMPARING_FILE, WRITING_FILE, NULL};
  return open_folding (folder, made_from, FOLDING_NFKC_CASEFOLD, comparing, error);
}

/* TESTED: it is the built-in one (pattern_file_from_bytes). */
static PatternFile *
open_pattern_file (const char *folder, const char *name, gboolean tested, GError **error)
{
  g_autoptr (GBytes) bytes = file_bytes (folder, name, error);
  if (!bytes)
    return NULL;
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PatternFile) file = pattern_file_from_bytes (name, bytes, tested, faults);
  if (faults->len == 0)
    return g_steal_pointer (&file);
  g_ptr_array_add (faults, NULL);
  g_autofree char *message = g_strjoinv ("\n", (char **)faults->pdata);
  g_set_error_literal (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS, message);
  return NULL;
}

static PatternFile *
open_built_in_patterns (const char *name, GError **error)
{
  g_autoptr (GVariant) compiled = compiled_pattern_file (name);
  PatternFile *file = compiled ? pattern_file_from_compiled (name, compiled) : NULL;
  return file ? file : open_pattern_file (NULL, name, TRUE, error);
}

/* A file in a folder may be older than the program, so the built-in one is opened too, for the rules that it lacks. */
static Patterns *
open_patterns (const Knowledge *knowledge, const char *folder, const char *name, GError **error)
{
  gboolean replaced = pattern_folder_has (folder, name);
  g_autoptr (PatternFile) file =
      replaced ? open_pattern_file (folder, name, FALSE, error) : open_built_in_patterns (name, error);
  g_autoptr (PatternFile) built_in = file && replaced ? open_built_in_patterns (name, NULL) : NULL;
  if (!file)
    return NULL;
  return patterns_new (g_steal_pointer (&file), g_steal_pointer (&built_in), knowledge->comparing, knowledge->matcher);
}

static gboolean
open_all_patterns (Knowledge *knowledge, const char *folder, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pattern_files); i++) {
    Patterns *patterns = open_patterns (knowledge, folder, pattern_files[i].name, error);
    G_STRUCT_MEMBER (Patterns *, knowledge, pattern_files[i].offset) = patterns;
    if (!patterns)
      return FALSE;
  }
  return TRUE;
}

static GBytes *
catalogue_bytes (const KnowledgeFiles *files, GError **error)
{
  char *data;
  gsize size;
  g_autoptr (GError) failure = NULL;
  if (!files->catalogue)
    return file_bytes (files->folder, CATALOGUE_FILE, error);
  if (g_file_get_contents (files->catalogue, &data, &size, &failure))
    return g_bytes_new_take (data, size);
  g_set_error_literal (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS, failure->message);
  return NULL;
}

/* Fingerprints */

/* What reads documents beside the program itself. */
static const ModuleKind reading_modules[] = {MODULE_PDF, MODULE_QPDF,   MODULE_PICTURES,
                                             MODULE_OCR, MODULE_OFFICE, MODULE_MAIL};

/* Another number wherever a byte differs: that is all that is asked of it, and of 15 MB it takes a twentieth of the time of
 * SHA-256. */
static guint64
number_of_bytes (const char *bytes, gsize size)
{
  guint64 number = size, word;
  for (gsize at = 0; at < size; at += sizeof word) {
    word = 0;
    memcpy (&word, bytes + at, MIN (size - at, sizeof word));
    number = (number ^ word) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15); /* odd, so no two words give the same */
    number ^= number >> 32;
  }
  return number;
}

static void
add_program_file (GChecksum *sum, const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  guint64 number = file ? number_of_bytes (g_mapped_file_get_contents (file), g_mapped_file_get_length (file)) : 0;
  g_checksum_update (sum, (const guchar *)&number, sizeof number);
}

char *
program_fingerprint (const Knowledge *knowledge)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *)knowledge->fingerprint, strlen (knowledge->fingerprint));
  add_program_file (sum, "/proc/self/exe");
  for (gsize i = 0; i < G_N_ELEMENTS (reading_modules); i++) {
    g_autofree char *path = module_path (reading_modules[i]);
    add_program_file (sum, path);
  }
  return g_strconcat ("sha256:", g_checksum_get_string (sum), NULL);
}

/* Knowledge */

static gboolean
open_foldings (Knowledge *knowledge, const char *folder, GError **error)
{
  return (knowledge->writing = open_writing (folder, error)) &&
         (knowledge->comparing = open_comparing (folder, knowledge->writing, error)) &&
         (knowledge->changing = open_changing (folder, knowledge->comparing, error));
}

static gboolean
open_symbols (Knowledge *knowledge, const char *folder, GError **error)
{
  static const char *const made_from[] = {SYMBOLS_FILE, NULL};
  g_autoptr (GVariant) compiled = compiled_from (folder, SYMBOLS_FILE, made_from);
  g_autoptr (GBytes) bytes = compiled ? NULL : file_bytes (folder, SYMBOLS_FILE, error);
  if (bytes)
    compiled = symbols_compiled (SYMBOLS_FILE, bytes, error);
  return compiled && (knowledge->symbols = symbols_new (compiled));
}

static gboolean
open_thesaurus (Knowledge *knowledge, const char *folder, GError **error)
{
  static const char *const made_from[] = {THESAURUS_FILE, COMPARING_FILE, WRITING_FILE, NULL};
  g_autoptr (GVariant) compiled = compiled_from (folder, THESAURUS_FILE, made_from);
  g_autoptr (GBytes) bytes = compiled ? NULL : file_bytes (folder, THESAURUS_FILE, error);
  if (bytes)
    compiled = thesaurus_compiled (THESAURUS_FILE, bytes, knowledge->comparing, error);
  return compiled && (knowledge->thesaurus = thesaurus_new (compiled, knowledge->comparing));
}

/* *BYTES becomes the file that it was read from; unchanged: it is the one that was compiled. */
static Catalogue *
catalogue_from_files (const KnowledgeFiles *files, GBytes **bytes, GError **error)
{
  static const char *const made_from[] = {CATALOGUE_FILE, NULL};
  g_autoptr (GVariant) compiled = files->catalogue ? NULL : compiled_from (files->folder, CATALOGUE_FILE, made_from);
  if (compiled)
    return catalogue_from_compiled (compiled);
  *bytes = catalogue_bytes (files, error);
  return *bytes ? catalogue_from_bytes (files->catalogue ? files->catalogue : CATALOGUE_FILE, *bytes, error) : NULL;
}

static gboolean
open_catalogue (Knowledge *knowledge, const KnowledgeFiles *files, GError **error)
{
  static const char *const made_from[] = {CATALOGUE_FILE, THESAURUS_FILE, COMPARING_FILE, WRITING_FILE, NULL};
  g_autoptr (GBytes) bytes = NULL;
  if (!(knowledge->catalogue = catalogue_from_files (files, &bytes, error)))
    return FALSE;
  g_autoptr (GVariant) index =
      files->catalogue ? NULL : compiled_from (files->folder, COMPILED_CATALOGUE_INDEX, made_from);
  if (!index)
    index = catalogue_index_compiled (knowledge->catalogue, knowledge->comparing, knowledge->thesaurus);
  knowledge->index = catalogue_index_new (index, knowledge->catalogue, knowledge->thesaurus);
  knowledge->fingerprint = fingerprint_of_files (files->folder, files->catalogue ? bytes : NULL);
  return TRUE;
}

Knowledge *
knowledge_open (const KnowledgeFiles *files, GError **error)
{
  static const KnowledgeFiles built_in = {NULL, NULL};
  g_autoptr (Knowledge) knowledge = g_new0 (Knowledge, 1);
  files = files ? files : &built_in;
  knowledge->matcher = pattern_matcher_new ();
  knowledge->head_kinds = cache_new ();
  knowledge->name_heads = cache_new ();
  knowledge->cell_words = cache_new ();
  if (open_foldings (knowledge, files->folder, error) && open_all_patterns (knowledge, files->folder, error) &&
      open_symbols (knowledge, files->folder, error) && open_thesaurus (knowledge, files->folder, error) &&
      open_catalogue (knowledge, files, error))
    return g_steal_pointer (&knowledge);
  return NULL;
}

void
knowledge_free (Knowledge *knowledge)
{
  if (!knowledge)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (pattern_files); i++)
    patterns_free (G_STRUCT_MEMBER (Patterns *, knowledge, pattern_files[i].offset));
  pattern_matcher_free (knowledge->matcher);
  catalogue_index_free (knowledge->index);
  catalogue_free (knowledge->catalogue);
  symbols_free (knowledge->symbols);
  thesaurus_free (knowledge->thesaurus);
  cache_free (knowledge->head_kinds);
  cache_free (knowledge->name_heads);
  cache_free (knowledge->cell_words);
  folding_free (knowledge->changing);
  folding_free (knowledge->comparing);
  folding_free (knowledge->writing);
  g_free (knowledge->fingerprint);
  g_free (knowledge);
}

void
note_gave_up (const Knowledge *knowledge, GPtrArray *notes, Place place)
{
  if (patterns_gave_up (knowledge->matcher))
    notes_add (notes, "pattern-gave-up", NOTE_WARNING, place,
               "A pattern takes too many steps on this text and was given up; what it would have found is missing.");
}

void
knowledge_files_clear (KnowledgeFiles *files)
{
  g_clear_pointer (&files->folder, g_free);
  g_clear_pointer (&files->catalogue, g_free);
}

Folding *
knowledge_comparing (const char *folder, Folding **before, GError **error)
{
  *before = open_writing (folder, error);
  return *before ? open_comparing (folder, *before, error) : NULL;
}
