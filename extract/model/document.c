/* document.c - see document.h */
#include "model/document.h"

#define FREE_TEXT(text) g_free (of->text);

static void
revision_free (gpointer data)
{
  Revision *of = data;
  REVISION_TEXTS (FREE_TEXT);
  g_ptr_array_unref (of->items);
  g_free (of);
}

Revision *
revision_new (void)
{
  Revision *revision = g_new0 (Revision, 1);
  revision->items = g_ptr_array_new_with_free_func (g_free);
  return revision;
}

GPtrArray *
revisions_new (void)
{
  return g_ptr_array_new_with_free_func (revision_free);
}

void
certification_free (Certification *of)
{
  CERTIFICATION_TEXTS (FREE_TEXT);
  g_free (of);
}

GPtrArray *
certifications_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)certification_free);
}

void
document_facts_clear (DocumentFacts *of)
{
  DOCUMENT_TEXTS (FREE_TEXT);
  g_clear_pointer (&of->revisions, g_ptr_array_unref);
  g_clear_pointer (&of->certifications, g_ptr_array_unref);
}
