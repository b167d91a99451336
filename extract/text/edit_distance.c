/* edit_distance.c - see edit_distance.h
 *
 * The matrix of the distances between all beginnings of both texts, of which one row is kept (R. A. Wagner, M. J.
 * Fischer, The string-to-string correction problem, Journal of the ACM 21, 1974).
 */
#include "text/edit_distance.h"

#include <glib.h>
#include <string.h>

int
edit_distance (const char *a, const char *b)
{
  gsize width = strlen (b) + 1;
  g_autofree int *row = g_new (int, width);
  for (gsize j = 0; j < width; j++)
    row[j] = (int)j;
  for (; *a; a++) {
    int diagonal = row[0]++;
    for (gsize j = 1; j < width; j++) {
      int replaced = diagonal + (*a != b[j - 1]);
      diagonal = row[j];
      row[j] = MIN (replaced, MIN (row[j], row[j - 1]) + 1);
    }
  }
  return row[width - 1];
}
