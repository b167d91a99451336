/* compile_patterns.c - a program that meson runs: the pattern files, compiled, to be built into checksheet.
 *
 *     compile_patterns OUTPUT      a{sv}: the name of each pattern file, what pattern_file_compiled makes of it; that of the
 *                                  thesaurus, as it is spelled; and the files' fingerprint
 *
 * Compiling them takes longer than reading a short sheet, and would be done at every start.
 */
#include "patterns/fingerprint.h"
#include "patterns/pattern_file.h"
#include "patterns/pattern_folder.h"
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

static Folding *
open_rules (const char *name, FoldingNormalizer normalizer, const Folding *before)
{
  g_autoptr (GBytes) bytes = pattern_folder_bytes (NULL, name, NULL);
  return bytes ? folding_new (name, bytes, normalizer, before, NULL) : NULL;
}

/* Whether the built-in thesaurus could be spelled; it is added to FILES. */
static gboolean
spell_thesaurus (const char *name, GVariantBuilder *files)
{
  g_autoptr (GBytes) bytes = pattern_folder_bytes (NULL, name, NULL);
  g_autoptr (Folding) writing = open_rules ("writing.rules", FOLDING_NFC, NULL);
  g_autoptr (Folding) comparing = writing ? open_rules ("comparing.rules", FOLDING_NFKC_CASEFOLD, writing) : NULL;
  if (!bytes || !comparing)
    return FALSE;
  g_variant_builder_add (files, "{sv}", name, g_variant_new_take_string (thesaurus_spelled (bytes, comparing)));
  return TRUE;
}

int
main (int argc, char **argv)
{
  GVariantBuilder files;
  gboolean good = argc == 2;
  g_auto (GStrv) names = pattern_folder_names (NULL);
  g_variant_builder_init (&files, G_VARIANT_TYPE_VARDICT);
  for (char **name = names; *name; name++)
    good = (!g_str_has_suffix (*name, ".pattern") || compile_file (*name, &files)) && good;
  good = spell_thesaurus ("thesaurus.tsv", &files) && good;
  g_autofree char *fingerprint = fingerprint_of_files (NULL, NULL);
  g_variant_builder_add (&files, "{sv}", COMPILED_FINGERPRINT, g_variant_new_string (fingerprint));
  g_autoptr (GVariant) all = g_variant_ref_sink (g_variant_builder_end (&files));
  return good && g_file_set_contents (argv[1], g_variant_get_data (all), (gssize)g_variant_get_size (all), NULL) ? 0
                                                                                                                 : 1;
}
