/* numbers.h - the order of numbers, for sorting an array of double: g_array_sort (numbers, order_numbers) */
#pragma once

#include <glib.h>

static inline int
order_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return first < second ? -1 : first > second;
}
