/* new_revision.c - see new_revision.h */
#include "change/new_revision.h"

#include "change/wording.h"

#include <string.h>

static gboolean
same_or_unsaid (const Knowledge *knowledge, const char *a, const char *b)
{
  return !a || !b || wording_is_same (knowledge, a, b);
}

/* Without a number, two revisions may have one date: the notes tell them apart. */
static gboolean
is_same_revision (const Knowledge *knowledge, const Revision *a, const Revision *b)
{
  if (!same_or_unsaid (knowledge, a->number, b->number) || !same_or_unsaid (knowledge, a->date, b->date))
    return FALSE;
  gboolean both_numbered = a->number && b->number, both_dated = a->date && b->date;
  return (both_numbered && both_dated) || wording_is_same (knowledge, a->note, b->note);
}

gboolean
revision_is_new (const Knowledge *knowledge, const Revision *revision, const DocumentFacts *old)
{
  for (guint i = 0; old->revisions && i < old->revisions->len; i++)
    if (is_same_revision (knowledge, g_ptr_array_index (old->revisions, i), revision))
      return FALSE;
  if (old->revisions && old->revisions->len > 0)
    return TRUE;
  const char *day = old->revised ? old->revised : old->issued;
  return !day || !revision->date || strcmp (revision->date, day) > 0;
}
