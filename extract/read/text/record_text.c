/* record_text.c - see record_text.h */
#include "read/text/record_text.h"

#include "text/squeezed.h"

#include <string.h>

#define RECORDS_LEAST 3
#define LABELS_LEAST 2
#define LABELS_MOST 12
#define LABEL_LETTERS_LEAST 2 /* "Q:" and "A:" are questions and answers, which headings.c parts */
#define LABEL_LETTERS_MOST 16

/* The first record has no more lines: else a long list of "name: answer" would be searched from each of its lines. */
#define RECORD_LINES_MOST 60

/* A label is one of a record's where this share of the records has it. */
#define LABEL_SHARE 0.6

/* Records under construction. */
typedef struct {
  GPtrArray *labels; /* char *: the heads, by their first appearance */
  GPtrArray *rows;   /* TextRow, with a cell for each label, "" where the record lacks it */
  int *counts;       /* of each label: records that have it; LABELS_MOST of them */
  GString *value;    /* of the last label */
  int column;        /* of the last label; -1: none */
} Records;

static void
records_clear (Records *records)
{
  g_ptr_array_unref (records->labels);
  g_ptr_array_unref (records->rows);
  g_free (records->counts);
  g_string_free (records->value, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Records, records_clear)

/* TEXT after spaces and the mark of a list's entry. */
static const char *
after_mark (const char *text)
{
  static const char *const marks[] = {"・", "■", "●", "◆", "- ", "* "};
  text = text_after_space (text);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (text, marks[i]))
      return text + strlen (marks[i]);
  return text;
}

static gboolean
is_label (const char *label)
{
  glong letters = g_utf8_strlen (label, -1);
  return letters >= LABEL_LETTERS_LEAST && letters <= LABEL_LETTERS_MOST &&
         g_unichar_isalpha (g_utf8_get_char (label)) && !strstr (label, "。") && !strstr (label, "、") &&
         !strpbrk (label, ",;/");
}

/* The label of LINE, "回答：…" or "【回答】…", and what follows it, borrowed in *REST; NULL: it has none. The caller frees. */
static char *
label_of_line (const char *line, const char **rest)
{
  static const char *const ends[] = {":", "：", "】"};
  const char *text = after_mark (line), *end = NULL;
  gboolean boxed = g_str_has_prefix (text, "【");
  text += boxed ? strlen ("【") : 0;
  for (gsize i = boxed ? 2 : 0; i < (boxed ? 3 : 2); i++) {
    const char *at = strstr (text, ends[i]);
    if (at && (!end || at < end)) {
      end = at;
      *rest = at + strlen (ends[i]);
    }
  }
  if (!end || g_str_has_prefix (end, "://"))
    return NULL;
  if (boxed && (g_str_has_prefix (*rest, ":") || g_str_has_prefix (*rest, "：")))
    *rest = g_utf8_next_char (*rest);
  g_autofree char *label = g_strstrip (g_strndup (text, end - text));
  return is_label (label) ? g_steal_pointer (&label) : NULL;
}

/* Whether LINE is blank, or is a rule: three signs and nothing else. */
static gboolean
is_between_records (const TextLine *line)
{
  int signs = 0;
  for (const char *at = line->text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (g_unichar_isspace (character))
      continue;
    if (g_unichar_isalnum (character))
      return FALSE;
    signs++;
  }
  return signs == 0 || signs >= 3;
}

static TextRow *
last_record (const Records *records)
{
  return records->rows->len > 0 ? g_ptr_array_index (records->rows, records->rows->len - 1) : NULL;
}

/* Puts the value of the last label into its cell. */
static void
close_value (Records *records)
{
  TextRow *row = last_record (records);
  if (row && records->column >= 0) {
    g_free (row->cells->pdata[records->column]);
    row->cells->pdata[records->column] = g_strstrip (g_strdup (records->value->str));
  }
  g_string_truncate (records->value, 0);
  records->column = -1;
}

static void
begin_record (Records *records, int line)
{
  close_value (records);
  TextRow *row = text_row_new (line);
  for (int i = 0; i < LABELS_MOST; i++)
    text_row_take_cell (row, g_strdup (""));
  g_ptr_array_add (records->rows, row);
}

/* The column of LABEL in this record; -1: it has none that is free. In the first record labels are new. */
static int
column_of_label (Records *records, const char *label)
{
  guint column;
  if (!g_ptr_array_find_with_equal_func (records->labels, label, g_str_equal, &column)) {
    if (records->rows->len != 1 || records->labels->len >= LABELS_MOST)
      return -1;
    g_ptr_array_add (records->labels, g_strdup (label));
    return (int)records->labels->len - 1;
  }
  return records->counts[column] < (int)records->rows->len ? (int)column : -1;
}

/* Takes LINE; FALSE: no record has it. PARTED: there is something between records before it. A label that is none of the
 * record's goes on with a value only where it is set in: "　　電話：03-…". */
static gboolean
take_line (Records *records, const TextLine *line, gboolean parted)
{
  const char *rest = line->text;
  g_autofree char *label = label_of_line (line->text, &rest);
  gboolean first = label && (records->labels->len == 0 || g_str_equal (label, records->labels->pdata[0]));
  if (first)
    begin_record (records, line->number);
  else if (parted && (records->rows->len == 1 || !label))
    return FALSE;
  int column = label ? column_of_label (records, label) : -1;
  gboolean within = !label || g_ascii_isspace (*line->text) || g_str_has_prefix (line->text, "　");
  if (column < 0 && (parted || records->column < 0 || !within))
    return FALSE;
  if (column < 0) {
    g_string_append_printf (records->value, "\n%s", text_after_space (line->text));
    return TRUE;
  }
  close_value (records);
  records->column = column;
  records->counts[column] = (int)records->rows->len;
  g_string_assign (records->value, rest);
  return TRUE;
}

/* How many labels most records have. */
static int
common_labels (const Records *records)
{
  int common = 0;
  for (guint column = 0; column < records->labels->len; column++) {
    guint filled = 0;
    for (guint i = 0; i < records->rows->len; i++)
      filled += *(char *)((TextRow *)records->rows->pdata[i])->cells->pdata[column] != '\0';
    common += filled >= LABEL_SHARE * records->rows->len;
  }
  return common;
}

static void
add_table (TextParser *parser, Records *records)
{
  g_autoptr (TextRows) rows = text_rows_new ();
  TextRow *heads = text_row_new (((TextRow *)records->rows->pdata[0])->line);
  for (guint i = 0; i < records->labels->len; i++)
    text_row_take_cell (heads, g_strdup (records->labels->pdata[i]));
  text_rows_take (rows, heads);
  for (guint i = 0; i < records->rows->len; i++) {
    TextRow *row = records->rows->pdata[i];
    g_ptr_array_set_size (row->cells, (int)records->labels->len);
    text_rows_take (rows, row);
  }
  g_ptr_array_set_free_func (records->rows, NULL);
  g_ptr_array_add (parser->blocks, block_from_rows (rows, 1, CELL_HEAD_BY_MARK));
}

int
text_parse_records (TextParser *parser, int start)
{
  g_auto (Records) records = {g_ptr_array_new_with_free_func (g_free),
                              g_ptr_array_new_with_free_func ((GDestroyNotify)text_row_free), g_new0 (int, LABELS_MOST),
                              g_string_new (NULL), -1};
  int end = start;
  gboolean parted = FALSE;
  for (int i = start; i < parser->count && (records.rows->len > 1 || i - start < RECORD_LINES_MOST); i++) {
    if (is_between_records (&parser->lines[i])) {
      parted = TRUE;
      continue;
    }
    if (!take_line (&records, &parser->lines[i], parted))
      break;
    parted = FALSE;
    end = i + 1;
  }
  close_value (&records);
  if (records.rows->len < RECORDS_LEAST || common_labels (&records) < LABELS_LEAST)
    return 0;
  add_table (parser, &records);
  return end - start;
}
