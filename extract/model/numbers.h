/* numbers.h - arrays of double, or of structs that begin with one: their order, for g_array_sort (numbers, order_numbers),
 * their middle, and where in a sorted one a number would be. */
#pragma once

#include <glib.h>

static inline int
order_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return first < second ? -1 : first > second;
}

/* Index of the first of NUMBERS, which are sorted, that is not below NUMBER. */
static inline guint
numbers_first_from (GArray *numbers, double number)
{
  guint low = 0, high = numbers->len, size = g_array_get_element_size (numbers);
  while (low < high) {
    guint between = (low + high) / 2;
    if (*(const double *)(gconstpointer)(numbers->data + (gsize)between * size) < number)
      low = between + 1;
    else
      high = between;
  }
  return low;
}

/* The number that would have index INDEX if NUMBERS were sorted. Reorders NUMBERS (Hoare 1961, "Find"). */
static inline double
numbers_at_rank (GArray *numbers, guint index)
{
  double *number = (double *)(gpointer)numbers->data;
  for (gint64 first = 0, last = (gint64)numbers->len - 1; first < last;) {
    double pivot = number[first + (last - first) / 2];
    gint64 low = first, high = last;
    while (low <= high) {
      while (number[low] < pivot)
        low++;
      while (number[high] > pivot)
        high--;
      if (low > high)
        break;
      double kept = number[low];
      number[low++] = number[high];
      number[high--] = kept;
    }
    if (index <= high)
      last = high;
    else if (index >= low)
      first = low;
    else
      break;
  }
  return number[index];
}

/* The number below which PART (0 to 1) of NUMBERS lie; OTHERWISE where there are none. Reorders NUMBERS. */
static inline double
numbers_quantile (GArray *numbers, double part, double otherwise)
{
  return numbers->len > 0 ? numbers_at_rank (numbers, (guint)(part * (numbers->len - 1))) : otherwise;
}

/* The one in the middle, the higher of two; OTHERWISE where there are none. Reorders NUMBERS. */
static inline double
numbers_median (GArray *numbers, double otherwise)
{
  return numbers->len > 0 ? numbers_at_rank (numbers, numbers->len / 2) : otherwise;
}
