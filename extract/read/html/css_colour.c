/* css_colour.c - see css_colour.h */
#include "read/html/css_colour.h"

#include <math.h>
#include <string.h>

static const struct {
  const char *name;
  guint32 colour;
} colour_names[] = {
    {"white", 0xffffff},     {"black", 0x000000},      {"red", 0xff0000},         {"blue", 0x0000ff},
    {"green", 0x008000},     {"gray", 0x808080},       {"grey", 0x808080},        {"silver", 0xc0c0c0},
    {"yellow", 0xffff00},    {"navy", 0x000080},       {"maroon", 0x800000},      {"purple", 0x800080},
    {"orange", 0xffa500},    {"lightgray", 0xd3d3d3},  {"lightgrey", 0xd3d3d3},   {"darkgray", 0xa9a9a9},
    {"darkgrey", 0xa9a9a9},  {"gainsboro", 0xdcdcdc},  {"whitesmoke", 0xf5f5f5},  {"snow", 0xfffafa},
    {"ivory", 0xfffff0},     {"ghostwhite", 0xf8f8ff}, {"floralwhite", 0xfffaf0}, {"lightyellow", 0xffffe0},
    {"aliceblue", 0xf0f8ff}, {"azure", 0xf0ffff},      {"mintcream", 0xf5fffa},   {"honeydew", 0xf0fff0},
};

/* #rgb, #rgba, #rrggbb, #rrggbbaa, after the sign. */
static guint32
colour_from_digits (const char *text)
{
  gsize length = strspn (text, "0123456789abcdef");
  guint32 digits[8];
  for (gsize i = 0; i < MIN (length, 8); i++)
    digits[i] = (guint32)g_ascii_xdigit_value (text[i]);
  if (length == 3 || length == 4)
    return length == 4 && digits[3] == 0 ? (guint32)COLOUR_CLEAR
                                         : COLOUR_KNOWN | digits[0] * 17 << 16 | digits[1] * 17 << 8 | digits[2] * 17;
  if (length != 6 && length != 8)
    return COLOUR_UNKNOWN;
  if (length == 8 && digits[6] * 16 + digits[7] < 255 * OPACITY_LEAST)
    return COLOUR_CLEAR;
  return COLOUR_KNOWN | (digits[0] * 16 + digits[1]) << 16 | (digits[2] * 16 + digits[3]) << 8 |
         (digits[4] * 16 + digits[5]);
}

/* The numbers of "rgb(…)" and "hsl(…)", with commas, spaces and a slash; percentages are of FULL. */
static guint
colour_numbers (const char *text, const double *full, double *numbers)
{
  guint count = 0;
  for (const char *at = strchr (text, '(') + 1; *at && *at != ')' && count < 4;) {
    char *end;
    double number = g_ascii_strtod (at, &end);
    if (end == at)
      return 0;
    numbers[count] = *end == '%' ? number / 100 * full[count] : number;
    count++;
    at = end + strcspn (end, " ,/)");
    at += strspn (at, " ,/");
  }
  return count;
}

/* A component of the colour of HUE (degrees), SATURATION and LIGHTNESS (0 to 1): 0 for red, 8 green, 4 blue (CSS Color 4). */
static guint32
component_from_hue (int component, double hue, double saturation, double lightness)
{
  double k = fmod (component + hue / 30 + 120, 12), most = saturation * MIN (lightness, 1 - lightness);
  return (guint32)CLAMP ((lightness - most * MAX (-1, MIN (MIN (k - 3, 9 - k), 1))) * 255 + 0.5, 0, 255);
}

static guint32
colour_from_function (const char *text)
{
  double numbers[4] = {0}, full[] = {255, 255, 255, 1};
  gboolean hue = g_str_has_prefix (text, "hsl");
  full[1] = full[2] = hue ? 1 : 255;
  guint count = colour_numbers (text, full, numbers);
  if (count == 4 && numbers[3] < OPACITY_LEAST)
    return COLOUR_CLEAR;
  if (count < 3)
    return COLOUR_UNKNOWN;
  if (hue)
    return COLOUR_KNOWN | component_from_hue (0, numbers[0], numbers[1], numbers[2]) << 16 |
           component_from_hue (8, numbers[0], numbers[1], numbers[2]) << 8 |
           component_from_hue (4, numbers[0], numbers[1], numbers[2]);
  return COLOUR_KNOWN | (guint32)CLAMP (numbers[0], 0, 255) << 16 | (guint32)CLAMP (numbers[1], 0, 255) << 8 |
         (guint32)CLAMP (numbers[2], 0, 255);
}

guint32
css_colour_from_text (const char *text)
{
  if (*text == '#')
    return colour_from_digits (text + 1);
  if (g_str_has_prefix (text, "rgb") || g_str_has_prefix (text, "hsl"))
    return strchr (text, '(') ? colour_from_function (text) : (guint32)COLOUR_UNKNOWN;
  gsize length = strcspn (text, " \t");
  if (length == strlen ("transparent") && g_str_has_prefix (text, "transparent"))
    return COLOUR_CLEAR;
  for (gsize i = 0; i < G_N_ELEMENTS (colour_names); i++)
    if (strlen (colour_names[i].name) == length && !strncmp (text, colour_names[i].name, length))
      return COLOUR_KNOWN | colour_names[i].colour;
  return COLOUR_UNKNOWN;
}
