/* compile_patterns.c - a program that meson runs: the pattern files, compiled, to be built into checksheet.
 *
 *     compile_patterns OUTPUT      a{sv}: the name of each file, what pattern_file_compiled makes of it, or
 *                                  folding_compiled, thesaurus_compiled, catalogue_index_compiled; and the files'
 *                                  fingerprint
 *
 * Compiling them takes longer than reading a short sheet, and would be done at every start.
 */
#include "patterns/catalogue.h"
#include "patterns/fingerprint.h"
#include "patterns/pattern_file.h"
#include "patterns/pattern_folder.h"
#include "patterns/symbols.h"
#include "patterns/thesaurus.h"

/* Whether the built-in file NAME could be compiled; it is added to FILES. */
static gboolean
compile_file (const char *name, GVariantBuilder *files)
{
  g_autoptr (GBytes) bytes = pattern_folder_bytes (NULL, name, NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PatternFile) file = pattern_file_from_bytes (name, bytes, TRUE, faults);
  for (guint i = 0; i < faults->len; i++)
    g_printerr ("%s\n", (const char *)g_ptr_array_index (faults, i));
  g_autoptr (GVariant) compiled = pattern_file_compiled (file);
  g_variant_builder_add (files, "{sv}", name, compiled);
  return faults->len == 0;
}

/* The built-in folding of the file NAME, on top of BEFORE; NULL: its rules are wrong. It is added to FILES. */
static Folding *
compile_folding (const char *name, FoldingNormalizer normalizer, const Folding *before, GVariantBuilder *files)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = pattern_folder_bytes (NULL, name, NULL);
  Folding *folding = folding_new (name, bytes, normalizer, before, &error);
  if (!folding) {
    g_printerr ("%s\n", error->message);
    return NULL;
  }
  g_autoptr (GVariant) compiled = folding_compiled (folding);
  g_variant_builder_add (files, "{sv}", name, compiled);
  return folding;
}

/* Whether the built-in thesaurus and the index of the built-in catalogue could be compiled; they are added to FILES. */
static gboolean
compile_names (const char *thesaurus_name, const char *catalogue_name, const Folding *comparing, GVariantBuilder *files)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) thesaurus_bytes = pattern_folder_bytes (NULL, thesaurus_name, NULL),
                     catalogue_bytes = pattern_folder_bytes (NULL, catalogue_name, NULL);
  g_autoptr (GVariant) words = thesaurus_compiled (thesaurus_name, thesaurus_bytes, comparing, &error);
  g_autoptr (Thesaurus) thesaurus = words ? thesaurus_new (words, comparing) : NULL;
  g_autoptr (Catalogue) catalogue = thesaurus ? catalogue_from_bytes (catalogue_name, catalogue_bytes, &error) : NULL;
  if (!catalogue) {
    g_printerr ("%s\n", error->message);
    return FALSE;
  }
  g_autoptr (GVariant) index = catalogue_index_compiled (catalogue, comparing, thesaurus);
  g_autoptr (GVariant) items = catalogue_compiled (catalogue);
  g_variant_builder_add (files, "{sv}", thesaurus_name, words);
  g_variant_builder_add (files, "{sv}", catalogue_name, items);
  g_variant_builder_add (files, "{sv}", COMPILED_CATALOGUE_INDEX, index);
  return TRUE;
}

/* Whether the built-in symbols could be compiled; they are added to FILES. */
static gboolean
compile_symbols (const char *name, GVariantBuilder *files)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = pattern_folder_bytes (NULL, name, NULL);
  g_autoptr (GVariant) compiled = symbols_compiled (name, bytes, &error);
  if (compiled)
    g_variant_builder_add (files, "{sv}", name, compiled);
  else
    g_printerr ("%s\n", error->message);
  return compiled != NULL;
}

/* Whether the built-in files could be compiled; they are added to FILES. */
static gboolean
compile_files (GVariantBuilder *files)
{
  gboolean good = TRUE;
  g_auto (GStrv) names = pattern_folder_names (NULL);
  for (char **name = names; *name; name++)
    good = (!g_str_has_suffix (*name, ".pattern") || compile_file (*name, files)) && good;
  g_autoptr (Folding) writing = compile_folding ("writing.rules", FOLDING_NFC, NULL, files);
  g_autoptr (Folding) comparing =
      writing ? compile_folding ("comparing.rules", FOLDING_NFKC_CASEFOLD, writing, files) : NULL;
  g_autoptr (Folding) changing =
      comparing ? compile_folding ("changing.rules", FOLDING_NFKC_CASEFOLD, comparing, files) : NULL;
  return changing && compile_symbols ("symbols.tsv", files) &&
         compile_names ("thesaurus.tsv", "meti.json", comparing, files) && good;
}

int
main (int argc, char **argv)
{
  GVariantBuilder files;
  g_variant_builder_init (&files, G_VARIANT_TYPE_VARDICT);
  if (argc != 2 || !compile_files (&files))
    return 1;
  g_autofree char *fingerprint = fingerprint_of_files (NULL, NULL);
  g_variant_builder_add (&files, "{sv}", COMPILED_FINGERPRINT, g_variant_new_string (fingerprint));
  g_autoptr (GVariant) all = g_variant_ref_sink (g_variant_builder_end (&files));
  return g_file_set_contents (argv[1], g_variant_get_data (all), (gssize)g_variant_get_size (all), NULL) ? 0 : 1;
}
