/* numbers.h - arrays of double: their order, for g_array_sort (numbers, order_numbers), their middle. */
#pragma once

#include <glib.h>

static inline int
order_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return first < second ? -1 : first > second;
}

/* The number below which PART (0 to 1) of NUMBERS lie; OTHERWISE where there are none. Sorts NUMBERS. */
static inline double
numbers_quantile (GArray *numbers, double part, double otherwise)
{
  g_array_sort (numbers, order_numbers);
  return numbers->len > 0 ? g_array_index (numbers, double, (guint)(part * (numbers->len - 1))) : otherwise;
}

/* The one in the middle, the higher of two; OTHERWISE where there are none. Sorts NUMBERS. */
static inline double
numbers_median (GArray *numbers, double otherwise)
{
  g_array_sort (numbers, order_numbers);
  return numbers->len > 0 ? g_array_index (numbers, double, numbers->len / 2) : otherwise;
}
