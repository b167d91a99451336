/* sheet_label.c - see sheet_label.h */
#include "export/sheet_label.h"

/* What is added to equal labels, in this order. */
static const gsize distinctions[] = {G_STRUCT_OFFSET (SheetName, product), G_STRUCT_OFFSET (SheetName, revised),
                                     G_STRUCT_OFFSET (SheetName, file)};

static void
sheet_name_free (gpointer data)
{
  SheetName *name = data;
  g_free (name->vendor);
  g_free (name->product);
  g_free (name->revised);
  g_free (name->file);
  g_free (name);
}

GPtrArray *
sheet_names_new (void)
{
  return g_ptr_array_new_with_free_func (sheet_name_free);
}

void
sheet_names_add (GPtrArray *names, const char *vendor, const char *product, const char *revised, const char *file)
{
  SheetName *name = g_new (SheetName, 1);
  *name = (SheetName){g_strdup (vendor), g_strdup (product), g_strdup (revised), g_strdup (file)};
  g_ptr_array_add (names, name);
}

/* char * (label, borrowed) -> GArray of guint, which sheets have it. */
static GHashTable *
sheets_of_labels (const GPtrArray *labels)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  for (guint i = 0; i < labels->len; i++) {
    GArray *group = g_hash_table_lookup (groups, labels->pdata[i]);
    if (!group)
      g_hash_table_insert (groups, g_strdup (labels->pdata[i]), group = g_array_new (FALSE, FALSE, sizeof (guint)));
    g_array_append_val (group, i);
  }
  return groups;
}

static const char *
part_of (const GPtrArray *names, guint index, gsize offset)
{
  return G_STRUCT_MEMBER (const char *, names->pdata[index], offset);
}

/* Whether what is at OFFSET is not the same in all of GROUP. */
static gboolean
differs_in (const GPtrArray *names, const GArray *group, gsize offset)
{
  const char *first = part_of (names, g_array_index (group, guint, 0), offset);
  for (guint i = 1; i < group->len; i++)
    if (g_strcmp0 (first, part_of (names, g_array_index (group, guint, i), offset)))
      return TRUE;
  return FALSE;
}

static void
take_label (GPtrArray *labels, guint index, char *label)
{
  g_free (labels->pdata[index]);
  labels->pdata[index] = label;
}

/* Adds what is at OFFSET to the labels that several sheets have. */
static void
tell_apart_by (GPtrArray *labels, const GPtrArray *names, gsize offset)
{
  g_autoptr (GHashTable) groups = sheets_of_labels (labels);
  GHashTableIter iter;
  gpointer key, value;
  for (g_hash_table_iter_init (&iter, groups); g_hash_table_iter_next (&iter, &key, &value);) {
    const GArray *group = value;
    if (group->len < 2 || !differs_in (names, group, offset))
      continue;
    for (guint i = 0; i < group->len; i++) {
      guint index = g_array_index (group, guint, i);
      const char *part = part_of (names, index, offset);
      if (part)
        take_label (labels, index, g_strconcat (labels->pdata[index], LABEL_SEPARATOR, part, NULL));
    }
  }
}

/* The second and later ones of equal labels get the first number that gives a new label. */
static void
number_equal_ones (GPtrArray *labels)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) all = sheets_of_labels (labels);
  for (guint i = 0; i < labels->len; i++) {
    const char *label = labels->pdata[i];
    if (!g_hash_table_contains (taken, label)) {
      g_hash_table_insert (taken, g_strdup (label), GUINT_TO_POINTER (1));
      continue;
    }
    char *numbered = NULL;
    guint number = GPOINTER_TO_UINT (g_hash_table_lookup (taken, label));
    do {
      g_free (numbered);
      numbered = g_strdup_printf ("%s" LABEL_SEPARATOR "%u", label, ++number);
    } while (g_hash_table_contains (taken, numbered) || g_hash_table_contains (all, numbered));
    g_hash_table_insert (taken, g_strdup (label), GUINT_TO_POINTER (number));
    g_hash_table_insert (taken, g_strdup (numbered), GUINT_TO_POINTER (1));
    take_label (labels, i, numbered);
  }
}

GPtrArray *
labels_from_names (const GPtrArray *names)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (labels, g_strdup (((const SheetName *)names->pdata[i])->vendor));
  for (gsize i = 0; i < G_N_ELEMENTS (distinctions); i++)
    tell_apart_by (labels, names, distinctions[i]);
  number_equal_ones (labels);
  return labels;
}
