/* chart.c - the charts of a report: inline SVG drawn in C, coloured by the style sheet, each with its figures as a table.
 *
 * Which item a chart shows is a table here; for another catalogue than METI's those charts are left out.
 */
#include "export/sheet_label.h"
#include "report/html.h"
#include "report/parts.h"
#include "report/status_html.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Vendors that a chart has room for; the table below it has all. */
#define DRAWN_MOST 40

/* User units: of the names at the left, of what is drawn, of a row. */
#define NAME_WIDTH 190.0
#define PLOT_WIDTH 540.0
#define ROW_HEIGHT 20.0
#define NAME_CHARACTERS 16

enum { SECOND = 1, MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* A scale: the place of a number, 0 to 1, and its ticks. */
typedef struct {
  double from, to;
  struct {
    double at;
    const char *words;
  } ticks[7];
} Scale;

typedef struct {
  const char *catalogue, *kind, *title;
  int no;
  double (*number) (const Value *value); /* NAN: none */
  Scale scale;
} FigureChart;

/* Of "P1DT2H30M", in seconds; a month is a twelfth of a year of 365.25 days. */
static double
seconds_of_duration (const char *text)
{
  double seconds = 0;
  gboolean time = FALSE;
  for (const char *at = text; *at;) {
    char *end;
    double number = g_ascii_strtod (at, &end);
    if (end == at) {
      time = time || *at == 'T';
      at++;
      continue;
    }
    double unit = *end == 'Y'   ? 365.25 * DAY
                  : *end == 'W' ? 7.0 * DAY
                  : *end == 'D' ? DAY
                  : *end == 'H' ? HOUR
                  : *end == 'S' ? SECOND
                  : time        ? MINUTE
                                : 365.25 / 12 * DAY;
    seconds += number * unit;
    at = *end ? end + 1 : end;
  }
  return seconds;
}

static double
duration_number (const Value *value)
{
  double seconds = g_variant_is_of_type (value->value, G_VARIANT_TYPE_STRING)
                       ? seconds_of_duration (g_variant_get_string (value->value, NULL))
                       : 0;
  return seconds > 0 ? log10 (seconds) : NAN;
}

/* Nines: 99.9 % is 3, 100 % and more than 99.999 % is 5. */
static double
uptime_number (const Value *value)
{
  double share = g_variant_is_of_type (value->value, G_VARIANT_TYPE_DOUBLE) ? g_variant_get_double (value->value) : NAN;
  return share >= 0 && share <= 100 ? MIN (-log10 (MAX (1 - share / 100, 1e-6)), 5.5) : NAN;
}

/* Measured on nothing: the ticks are the figures that sheets give. */
static const FigureChart figure_charts[] = {
    {"METI-CSL-2010",
     "percentage",
     N_ ("Uptime"),
     5,
     uptime_number,
     {1, 5.5, {{1, "90%"}, {2, "99%"}, {3, "99.9%"}, {4, "99.99%"}, {5, "99.999%"}, {5.5, "100%"}}}},
    {"METI-CSL-2010",
     "duration",
     N_ ("Recovery time objective (RTO)"),
     11,
     duration_number,
     {1.77815,
      7.49909,
      {{1.77815, N_ ("1 min")},
       {3.55630, N_ ("1 h")},
       {4.93651, N_ ("1 day")},
       {5.78161, N_ ("1 week")},
       {6.41974, N_ ("1 month")},
       {7.49909, N_ ("1 year")}}}},
    {"METI-CSL-2010",
     "duration",
     N_ ("Retention of backups"),
     30,
     duration_number,
     {4.93651,
      8.49909,
      {{4.93651, N_ ("1 day")},
       {5.78161, N_ ("1 week")},
       {6.41974, N_ ("1 month")},
       {7.49909, N_ ("1 year")},
       {8.49909, N_ ("10 years")}}}},
};

static const struct {
  const char *catalogue, *title;
  int no;
} hours_charts[] = {
    {"METI-CSL-2010", N_ ("Support hours for failures"), 26},
    {"METI-CSL-2010", N_ ("Support hours for enquiries"), 27},
};

/* The values of KIND in the answers that ITEM has. The caller frees the list, not what is in it. */
static GPtrArray *
values_of_item (const Sheet *sheet, const CatalogueItem *item, const char *kind)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr (GPtrArray) items = items_of_sheet (sheet, item);
  for (guint i = 0; i < items->len; i++) {
    const GPtrArray *values = ((const Item *)items->pdata[i])->meaning->values;
    for (guint k = 0; k < values->len; k++)
      if (g_str_equal (((const Value *)values->pdata[k])->kind, kind))
        g_ptr_array_add (found, values->pdata[k]);
  }
  return found;
}

/* SVG */

static void
append_svg_text (GString *html, double x, double y, const char *class, const char *text, const char *language)
{
  g_string_append_printf (html, "<text class=\"%s\"", class);
  html_number_attribute (html, "x", x);
  html_number_attribute (html, "y", y);
  if (language)
    g_string_append_printf (html, " lang=\"%s\"", language);
  g_string_append_c (html, '>');
  html_text (html, text);
  g_string_append (html, "</text>");
}

static void
append_svg_box (GString *html, double x, double y, double width, double height, const char *class)
{
  g_string_append_printf (html, "<rect class=\"%s\"", class);
  html_number_attribute (html, "x", x);
  html_number_attribute (html, "y", y);
  html_number_attribute (html, "width", width);
  html_number_attribute (html, "height", height);
  g_string_append (html, "/>");
}

static void
append_svg_line (GString *html, double x, double top, double bottom)
{
  g_string_append (html, "<line class=\"tick\"");
  html_number_attribute (html, "x1", x);
  html_number_attribute (html, "x2", x);
  html_number_attribute (html, "y1", top);
  html_number_attribute (html, "y2", bottom);
  g_string_append (html, "/>");
}

/* NAME in NAME_CHARACTERS; what tells two sheets of a vendor apart is at its end, and stays. The caller frees. */
static char *
shortened (const char *name)
{
  if (g_utf8_strlen (name, -1) <= NAME_CHARACTERS)
    return g_strdup (name);
  const char *end = g_strrstr (name, LABEL_SEPARATOR);
  end = end && g_utf8_strlen (end, -1) < NAME_CHARACTERS - 2 ? end + strlen (LABEL_SEPARATOR) : "";
  g_autofree char *start = g_utf8_substring (name, 0, NAME_CHARACTERS - 1 - g_utf8_strlen (end, -1));
  return g_strconcat (start, "…", end, NULL);
}

static void
append_name (GString *html, const ReportSheet *of, double y, const char *language)
{
  g_autofree char *valid = g_utf8_make_valid (of->name, -1), *name = shortened (valid);
  append_svg_text (html, 0, y, "name", name, html_language_of (name, language));
}

/* A figure's start: the heading, and an SVG with ROWS and a row for a head. */
static void
open_chart (GString *html, const char *title, guint rows)
{
  html_open (html, "figure", "class", "chart", NULL);
  html_leaf (html, "figcaption", title, NULL);
  html_open (html, "div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", title, NULL);
  g_string_append (html, "<svg role=\"img\" viewBox=\"0 0 ");
  html_number (html, NAME_WIDTH + PLOT_WIDTH + 40);
  g_string_append_c (html, ' ');
  html_number (html, (rows + 1) * ROW_HEIGHT + 6);
  g_string_append (html, "\" aria-label=\"");
  html_text (html, title);
  html_text (html, _ (": the figures are in the table below"));
  g_string_append (html, "\">");
}

/* Its end: what the marks mean, what was not drawn, and the table. LEGEND is HTML, or empty; TABLE has rows of cells. */
static void
close_chart (GString *html, const Report *report, const char *title, const char *legend, const char *table)
{
  g_string_append (html, "</svg></div>");
  if (*legend)
    g_string_append_printf (html, "<p class=\"legend\">%s</p>", legend);
  if (report->sheets->len > DRAWN_MOST) {
    g_autofree char *words = g_strdup_printf (_ ("The first %d of %u vendors are drawn; the table has all."),
                                              DRAWN_MOST, report->sheets->len);
    html_leaf (html, "p", words, "class", "aside", NULL);
  }
  html_open (html, "details", NULL);
  html_leaf (html, "summary", _ ("The figures as a table"), NULL);
  html_open (html, "div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", title, NULL);
  g_string_append_printf (html, "<table class=\"plain\">%s</table></div></details></figure>\n", table);
}

static guint
drawn_count (const Report *report)
{
  return MIN (report->sheets->len, DRAWN_MOST);
}

/* Uptime, RTO, retention */

static double
place_on_scale (const Scale *scale, double number)
{
  return NAME_WIDTH + PLOT_WIDTH * CLAMP ((number - scale->from) / (scale->to - scale->from), 0, 1);
}

static void
append_scale (GString *html, const Scale *scale, guint rows)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scale->ticks) && scale->ticks[i].words; i++) {
    double x = place_on_scale (scale, scale->ticks[i].at);
    append_svg_line (html, x, ROW_HEIGHT - 3, (rows + 1) * ROW_HEIGHT);
    append_svg_text (html, x, ROW_HEIGHT - 8, "tick", _ (scale->ticks[i].words), NULL);
  }
}

/* What is promised, and what is just said: in an answer about uptime, the results of past years. */
static gboolean
is_promise (const Value *value)
{
  return value->target || value->bound == BOUND_AT_LEAST || value->bound == BOUND_AT_MOST;
}

static void
append_dot (GString *html, double x, double y, gboolean promise)
{
  g_string_append_printf (html, "<circle class=\"dot%s\" r=\"%s\"", promise ? "" : " said", promise ? "5" : "4");
  html_number_attribute (html, "cx", x);
  html_number_attribute (html, "cy", y);
  g_string_append (html, "/>");
}

/* All figures of the answer; the line ends at the first. */
static void
append_figure_row (GString *html, const FigureChart *chart, const ReportSheet *of, const GPtrArray *values, double y,
                   const char *language)
{
  gboolean any = FALSE;
  append_name (html, of, y + 14, language);
  for (guint i = 0; i < values->len; i++) {
    double number = chart->number (values->pdata[i]), x = place_on_scale (&chart->scale, number);
    if (isnan (number))
      continue;
    if (!any)
      append_svg_box (html, NAME_WIDTH, y + 8.5, x - NAME_WIDTH, 3, "stem");
    append_dot (html, x, y + 10, is_promise (values->pdata[i]));
    any = TRUE;
  }
  if (!any)
    append_svg_text (html, NAME_WIDTH, y + 14, "none", "–", NULL);
}

/* "99.5%以上, 1月～3月: 99.98%" */
static void
append_figure_cells (GString *table, const ReportSheet *of, const GPtrArray *values, const char *language)
{
  g_autoptr (GString) words = g_string_new (values->len > 0 ? "" : "–");
  for (guint i = 0; i < values->len; i++) {
    const Value *value = values->pdata[i];
    g_string_append_printf (words, "%s%s%s%s", i > 0 ? _ (", ") : "", value->subject ? value->subject : "",
                            value->subject ? _ (": ") : "", value->text);
  }
  g_string_append (table, "<tr>");
  html_leaf (table, "th", of->name, "scope", "row", "lang", html_language_of (of->name, language), NULL);
  html_leaf (table, "td", words->str, "lang", html_language_of (words->str, language), NULL);
  g_string_append (table, "</tr>");
}

static void
append_table_head (GString *table, const char *second)
{
  g_string_append (table, "<thead><tr>");
  html_leaf (table, "th", _ ("Vendor"), "scope", "col", NULL);
  html_leaf (table, "th", second, "scope", "col", NULL);
  g_string_append (table, "</tr></thead><tbody>");
}

/* Whether any of the sheets has a value of KIND for ITEM. */
static gboolean
is_known (const Report *report, const CatalogueItem *item, const char *kind)
{
  for (guint i = 0; i < report->sheets->len; i++) {
    g_autoptr (GPtrArray) values = values_of_item (((const ReportSheet *)report->sheets->pdata[i])->sheet, item, kind);
    if (values->len > 0)
      return TRUE;
  }
  return FALSE;
}

static void
append_figure_chart (GString *html, const Report *report, const FigureChart *chart, const char *language)
{
  const CatalogueItem *item = catalogue_item (report->knowledge->catalogue, chart->no);
  if (!g_str_equal (report->knowledge->catalogue->id, chart->catalogue) || !item ||
      !is_known (report, item, chart->kind))
    return;
  g_autoptr (GString) table = g_string_new (NULL);
  append_table_head (table, _ (chart->title));
  open_chart (html, _ (chart->title), drawn_count (report));
  append_scale (html, &chart->scale, drawn_count (report));
  for (guint i = 0; i < report->sheets->len; i++) {
    const ReportSheet *of = report->sheets->pdata[i];
    g_autoptr (GPtrArray) values = values_of_item (of->sheet, item, chart->kind);
    if (i < drawn_count (report))
      append_figure_row (html, chart, of, values, (i + 1) * ROW_HEIGHT, language);
    append_figure_cells (table, of, values, language);
  }
  g_string_append (table, "</tbody>");
  close_chart (html, report, _ (chart->title),
               _ ("● at least, at most, or a target · ○ another figure, as a past year's"), table->str);
}

/* Support hours over a week: a day is a seventh of the width. */

static double
hour_of (const char *time)
{
  int hours = 0, minutes = 0;
  if (strlen (time) == 5) {
    hours = (time[0] - '0') * 10 + time[1] - '0';
    minutes = (time[3] - '0') * 10 + time[4] - '0';
  }
  return CLAMP (hours + minutes / 60.0, 0, 24);
}

static void
append_hours (GString *html, int day, double from, double to, double y, gboolean day_known)
{
  const double day_width = PLOT_WIDTH / 7;
  append_svg_box (html, NAME_WIDTH + day_width * (day % 7 + from / 24), y + 4, day_width * MAX (to - from, 0) / 24, 12,
                  day_known ? "open" : "open maybe");
}

static gboolean
is_open_on (GVariant *days, const char *day)
{
  gsize count = 0;
  g_autofree const char **names = days ? g_variant_get_strv (days, &count) : NULL;
  for (gsize i = 0; i < count; i++)
    if (g_str_equal (names[i], day))
      return TRUE;
  return count == 0;
}

/* Whether the answer says on which days. */
static gboolean
append_week (GString *html, GVariant *hours, double y)
{
  static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  g_autoptr (GVariant) days = g_variant_lookup_value (hours, "days", G_VARIANT_TYPE ("as"));
  g_autoptr (GVariant) times = g_variant_lookup_value (hours, "times", G_VARIANT_TYPE ("aas"));
  gboolean days_known = days && g_variant_n_children (days) > 0;
  for (gsize i = 0; times && i < g_variant_n_children (times); i++) {
    g_autoptr (GVariant) range = g_variant_get_child_value (times, i);
    gsize count;
    g_autofree const char **ends = g_variant_get_strv (range, &count);
    double from = count == 2 ? hour_of (ends[0]) : 0, to = count == 2 ? hour_of (ends[1]) : 0;
    for (int day = 0; day < 7; day++) {
      if (!is_open_on (days, names[day]))
        continue;
      append_hours (html, day, from, to > from ? to : 24, y, days_known);
      if (to < from)
        append_hours (html, day + 1, 0, to, y, days_known);
    }
  }
  return days_known;
}

/* FALSE: the row has pale bars, since the answer does not say on which days. */
static gboolean
append_week_row (GString *html, const ReportSheet *of, const GPtrArray *values, double y, const char *language)
{
  append_name (html, of, y + 14, language);
  if (values->len > 0)
    return append_week (html, ((const Value *)values->pdata[0])->value, y);
  append_svg_text (html, NAME_WIDTH, y + 14, "none", "–", NULL);
  return TRUE;
}

static void
append_hours_chart (GString *html, const Report *report, gsize index, const char *language)
{
  static const char *const days[] = {N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                     N_ ("Fri"), N_ ("Sat"), N_ ("Sun")};
  const CatalogueItem *item = catalogue_item (report->knowledge->catalogue, hours_charts[index].no);
  const char *title = _ (hours_charts[index].title);
  gboolean pale = FALSE;
  guint rows = drawn_count (report);
  if (!g_str_equal (report->knowledge->catalogue->id, hours_charts[index].catalogue) || !item ||
      !is_known (report, item, "hours"))
    return;
  g_autoptr (GString) table = g_string_new (NULL);
  append_table_head (table, title);
  open_chart (html, title, rows);
  for (int day = 0; day <= 7; day++) {
    append_svg_line (html, NAME_WIDTH + day * PLOT_WIDTH / 7, ROW_HEIGHT - 3, (rows + 1) * ROW_HEIGHT);
    if (day < 7)
      append_svg_text (html, NAME_WIDTH + (day + 0.5) * PLOT_WIDTH / 7, ROW_HEIGHT - 8, "tick", _ (days[day]), NULL);
  }
  for (guint i = 0; i < report->sheets->len; i++) {
    const ReportSheet *of = report->sheets->pdata[i];
    g_autoptr (GPtrArray) values = values_of_item (of->sheet, item, "hours");
    append_figure_cells (table, of, values, language);
    if (i < rows && !append_week_row (html, of, values, (i + 1) * ROW_HEIGHT, language))
      pale = TRUE;
  }
  g_string_append (table, "</tbody>");
  close_chart (html, report, title, pale ? _ ("Pale: on which days is not said.") : "", table->str);
}

/* Coverage by category */

static gboolean
same_category (gconstpointer item, gconstpointer other)
{
  return !g_strcmp0 (((const CatalogueItem *)item)->category, ((const CatalogueItem *)other)->category);
}

/* The first item of each of the catalogue's categories (CatalogueItem, borrowed), in its order. */
static GPtrArray *
categories_of (const Catalogue *catalogue)
{
  GPtrArray *categories = g_ptr_array_new ();
  for (int i = 0; i < catalogue->count; i++) {
    const CatalogueItem *item = &catalogue->items[i];
    if (item->category && !g_ptr_array_find_with_equal_func (categories, item, same_category, NULL))
      g_ptr_array_add (categories, (gpointer)item);
  }
  return categories;
}

/* How many of CATEGORY's items have each status; their number. */
static int
count_statuses (const Sheet *sheet, const CatalogueItem *category, int *counts)
{
  int all = 0;
  for (int i = 0; i < sheet->catalogue->count; i++) {
    const CatalogueItem *item = &sheet->catalogue->items[i];
    if (!same_category (item, category))
      continue;
    g_autoptr (GPtrArray) items = items_of_sheet (sheet, item);
    counts[items->len > 0 ? (int)((const Item *)items->pdata[0])->meaning->status : STATUS_MISSING]++;
    all++;
  }
  return all;
}

static const int bar_order[] = {STATUS_YES, STATUS_STATED,      STATUS_PARTIAL,    STATUS_PLANNED,
                                STATUS_NO,  STATUS_UNDISCLOSED, STATUS_UNANSWERED, STATUS_MISSING};

/* A bar, each status as long as it is frequent. */
static void
append_bar (GString *html, const int *counts, int all, double x, double y, double width)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bar_order) && all > 0; i++) {
    double part = width * counts[bar_order[i]] / all;
    g_autofree char *class = g_strdup_printf ("bar %s", status_class (bar_order[i]));
    if (part > 0)
      append_svg_box (html, x, y + 4, part, 12, class);
    x += part;
  }
}

/* Which colour is which status, as HTML. The caller frees. */
static char *
legend_of_bars (void)
{
  g_autoptr (GString) legend = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bar_order); i++) {
    g_string_append (legend, "<span><svg class=\"key\" viewBox=\"0 0 10 10\" aria-hidden=\"true\">");
    g_autofree char *class = g_strdup_printf ("bar %s", status_class (bar_order[i]));
    append_svg_box (legend, 0, 0, 10, 10, class);
    g_string_append (legend, "</svg> ");
    html_text (legend, words_of_status (bar_order[i]));
    g_string_append (legend, "</span> ");
  }
  return g_string_free (g_steal_pointer (&legend), FALSE);
}

static void
append_coverage_chart (GString *html, const Report *report, const char *language)
{
  g_autoptr (GPtrArray) categories = categories_of (report->knowledge->catalogue);
  const char *title = _ ("Coverage by category");
  if (categories->len == 0)
    return;
  double column = (PLOT_WIDTH + 40) / categories->len;
  g_autoptr (GString) table = g_string_new ("<thead><tr>");
  html_leaf (table, "th", _ ("Vendor"), "scope", "col", NULL);
  open_chart (html, title, drawn_count (report));
  for (guint c = 0; c < categories->len; c++) {
    const char *name = category_words (categories->pdata[c], language);
    html_leaf (table, "th", name, "scope", "col", "lang", html_language_of (name, language), NULL);
    append_svg_text (html, NAME_WIDTH + c * column, ROW_HEIGHT - 8, "head", name, html_language_of (name, language));
  }
  g_string_append (table, "</tr></thead><tbody>");
  for (guint i = 0; i < report->sheets->len; i++) {
    const ReportSheet *of = report->sheets->pdata[i];
    html_open (table, "tr", NULL);
    html_leaf (table, "th", of->name, "scope", "row", "lang", html_language_of (of->name, language), NULL);
    if (i < drawn_count (report))
      append_name (html, of, (i + 1) * ROW_HEIGHT + 14, language);
    for (guint c = 0; c < categories->len; c++) {
      int counts[STATUSES] = {0}, all = count_statuses (of->sheet, categories->pdata[c], counts);
      g_autofree char *have = g_strdup_printf ("%d / %d", all - counts[STATUS_MISSING], all);
      html_leaf (table, "td", have, NULL);
      if (i < drawn_count (report))
        append_bar (html, counts, all, NAME_WIDTH + c * column, (i + 1) * ROW_HEIGHT, column - 8);
    }
    html_close (table, "tr");
  }
  g_string_append (table, "</tbody>");
  g_autofree char *legend = legend_of_bars ();
  close_chart (html, report, title, legend, table->str);
}

void
html_charts (GString *html, const Report *report, const char *language)
{
  html_open (html, "section", "id", "charts", NULL);
  html_leaf (html, "h2", _ ("At a glance"), NULL);
  html_open (html, "div", "class", "charts", NULL);
  append_coverage_chart (html, report, language);
  for (gsize i = 0; i < G_N_ELEMENTS (figure_charts); i++)
    append_figure_chart (html, report, &figure_charts[i], language);
  for (gsize i = 0; i < G_N_ELEMENTS (hours_charts); i++)
    append_hours_chart (html, report, i, language);
  html_close (html, "div");
  html_close (html, "section");
  g_string_append_c (html, '\n');
}
