/* mark.c - see mark.h */
#include "read/pdf/mark.h"

void
marks_read (SeenPage *seen, const Knowledge *knowledge, GPtrArray *notes)
{
}
