/* place.c - see place.h */
#include "model/place.h"

Box
box_union (Box a, Box b)
{
  return (Box){MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1)};
}

Box
box_intersection (Box a, Box b)
{
  return (Box){MAX (a.x0, b.x0), MAX (a.y0, b.y0), MIN (a.x1, b.x1), MIN (a.y1, b.y1)};
}

gboolean
box_is_empty (Box box)
{
  return box.x1 <= box.x0 || box.y1 <= box.y0;
}

gboolean
box_has (Box box, double x, double y)
{
  return x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
}

gboolean
box_has_middle (Box box, Box other)
{
  return box_has (box, (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2);
}

char *
place_cell (Place place)
{
  if (!place.sheet || place.column <= 0 || place.line <= 0)
    return NULL;
  g_autoptr (GString) name = g_string_new (NULL);
  for (int column = place.column; column > 0; column = (column - 1) / 26)
    g_string_prepend_c (name, 'A' + (column - 1) % 26);
  g_string_append_printf (name, "%d", place.line);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

void
places_add (GArray *places, Place place)
{
  if (places->len > 0) {
    Place *last = &g_array_index (places, Place, places->len - 1);
    if (last->page == place.page && last->line == place.line && last->member == place.member &&
        last->sheet == place.sheet) {
      last->box = box_union (last->box, place.box);
      return;
    }
  }
  g_array_append_val (places, place);
}
