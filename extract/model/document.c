/* document.c - see document.h */
#include "model/document.h"

static void
revision_free (gpointer data)
{
  Revision *revision = data;
  g_free (revision->number);
  g_free (revision->date);
  g_free (revision->note);
  g_ptr_array_unref (revision->items);
  g_free (revision);
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
certification_free (Certification *certification)
{
  char *const texts[] = {certification->scheme, certification->holder, certification->number,     certification->branch,
                         certification->scope,  certification->body,   certification->valid_until};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (certification);
}

GPtrArray *
certifications_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)certification_free);
}

void
document_facts_clear (DocumentFacts *facts)
{
  char *const texts[] = {facts->title, facts->vendor, facts->product, facts->version, facts->issued, facts->revised};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_clear_pointer (&facts->revisions, g_ptr_array_unref);
  g_clear_pointer (&facts->certifications, g_ptr_array_unref);
}
