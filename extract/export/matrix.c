/* matrix.c - see matrix.h */
#include "export/matrix.h"

#include <glib/gi18n.h>
#include <math.h>

#include "export/json_field.h"
#include "export/sheet_label.h"
#include "text/translated.h"

static void
matrix_answer_free (gpointer data)
{
  MatrixAnswer *answer = data;
  g_free (answer->status);
  g_free (answer->answer);
  g_free (answer->section);
  g_free (answer->number);
  g_free (answer->place);
  cJSON_Delete (answer->values);
  g_free (answer);
}

static void
cell_free (gpointer cell)
{
  if (cell)
    g_ptr_array_unref (cell);
}

static void
matrix_row_free (gpointer data)
{
  MatrixRow *row = data;
  g_free (row->name);
  g_ptr_array_unref (row->cells);
  g_free (row);
}

static MatrixRow *
add_row (Matrix *matrix, const CatalogueItem *known, const char *name)
{
  MatrixRow *row = g_new0 (MatrixRow, 1);
  row->known = known;
  row->name = g_strdup (name);
  row->cells = g_ptr_array_new_with_free_func (cell_free);
  g_ptr_array_add (matrix->all_rows, row);
  return row;
}

Matrix *
matrix_new (const Knowledge *knowledge)
{
  Matrix *matrix = g_new0 (Matrix, 1);
  matrix->knowledge = knowledge;
  matrix->names = sheet_names_new ();
  matrix->all_rows = g_ptr_array_new_with_free_func (matrix_row_free);
  matrix->rows = g_ptr_array_new ();
  matrix->extensions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < knowledge->catalogue->count; i++)
    add_row (matrix, &knowledge->catalogue->items[i], NULL);
  return matrix;
}

void
matrix_free (Matrix *matrix)
{
  if (!matrix)
    return;
  g_ptr_array_unref (matrix->names);
  g_clear_pointer (&matrix->labels, g_ptr_array_unref);
  g_ptr_array_unref (matrix->rows);
  g_ptr_array_unref (matrix->all_rows);
  g_hash_table_unref (matrix->extensions);
  g_free (matrix);
}

/* NULL: an extension without a name, which can be like none. */
static MatrixRow *
row_of_item (Matrix *matrix, const cJSON *item)
{
  const Catalogue *catalogue = matrix->knowledge->catalogue;
  double no = json_number_at (json_at (item, catalogue->key), "no");
  const CatalogueItem *known = isnan (no) ? NULL : catalogue_item (catalogue, (int)no);
  if (known)
    return matrix->all_rows->pdata[catalogue_index (catalogue, known)];
  const char *name = json_string_at (item, "name");
  g_autofree char *key = name ? text_folded (matrix->knowledge->comparing, name) : NULL;
  if (!key || !*key)
    return NULL;
  MatrixRow *row = g_hash_table_lookup (matrix->extensions, key);
  if (!row)
    g_hash_table_insert (matrix->extensions, g_steal_pointer (&key), row = add_row (matrix, NULL, name));
  return row;
}

static char *
place_of_item (const cJSON *item)
{
  const cJSON *place = json_first_at (item, "place");
  double page = place ? json_number_at (place, "page") : NAN, line = place ? json_number_at (place, "line") : NAN;
  const char *cell = place ? json_string_at (place, "cell") : NULL,
             *tab = place ? json_string_at (place, "sheet") : NULL;
  if (!isnan (page))
    return g_strdup_printf (_ ("p. %.0f"), page);
  if (!isnan (line))
    return g_strdup_printf (_ ("line %.0f"), line);
  return cell ? g_strdup_printf ("%s%s%s", tab ? tab : "", tab ? "!" : "", cell) : NULL;
}

static MatrixAnswer *
answer_of_item (const cJSON *item)
{
  MatrixAnswer *answer = g_new0 (MatrixAnswer, 1);
  const char *status = json_string_at (item, "answer.status");
  const cJSON *values = json_at (item, "answer.values");
  answer->status = g_strdup (status ? status : "stated");
  answer->answer = g_strdup (json_string_at (item, "answer.text"));
  answer->section = g_strdup (json_string_at (item, "section"));
  answer->number = g_strdup (json_string_at (item, "number"));
  answer->place = place_of_item (item);
  answer->values = values && values->child ? cJSON_Duplicate (values, TRUE) : NULL;
  answer->confidence = json_number_at (item, "confidence");
  return answer;
}

void
matrix_add (Matrix *matrix, const StreamedSheet *sheet)
{
  guint index = matrix->names->len;
  sheet_names_add (matrix->names, sheet->vendor, sheet->product, sheet->revised, sheet->file);
  for (const cJSON *item = json_first_at (sheet->tree, "items"); item; item = item->next) {
    MatrixRow *row = row_of_item (matrix, item);
    if (!row)
      continue;
    if (row->cells->len <= index)
      g_ptr_array_set_size (row->cells, (int)index + 1);
    if (!row->cells->pdata[index])
      row->cells->pdata[index] = g_ptr_array_new_with_free_func (matrix_answer_free);
    g_ptr_array_add (row->cells->pdata[index], answer_of_item (item));
  }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

/* What is compared: the statuses, and the values without the words that they were read from. */
static char *
meaning_of_cell (const GPtrArray *cell)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < cell->len; i++) {
    const MatrixAnswer *answer = cell->pdata[i];
    g_ptr_array_add (parts, g_strdup (answer->status));
    for (const cJSON *value = answer->values ? answer->values->child : NULL; value; value = value->next) {
      char *amount = cJSON_PrintUnformatted (json_at (value, "value"));
      const char *kind = json_string_at (value, "kind"), *unit = json_string_at (value, "unit");
      const char *bound = json_string_at (value, "bound");
      g_ptr_array_add (parts, g_strdup_printf ("%s %s %s %s", kind ? kind : "", amount ? amount : "", unit ? unit : "",
                                               bound ? bound : ""));
      cJSON_free (amount);
    }
  }
  g_ptr_array_sort (parts, compare_texts);
  g_autoptr (GString) meaning = g_string_new (NULL);
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (meaning, "%s\n", (char *)parts->pdata[i]);
  return g_string_free (g_steal_pointer (&meaning), FALSE);
}

static gboolean
is_unanswered (const GPtrArray *cell)
{
  for (guint i = 0; i < cell->len; i++)
    if (!g_str_equal (((const MatrixAnswer *)cell->pdata[i])->status, "unanswered"))
      return FALSE;
  return TRUE;
}

static void
complete_row (const Matrix *matrix, MatrixRow *row)
{
  g_autofree char *first = NULL;
  g_ptr_array_set_size (row->cells, (int)matrix->names->len);
  for (guint i = 0; i < row->cells->len; i++) {
    const GPtrArray *cell = row->cells->pdata[i];
    row->missing += !cell;
    row->unanswered += cell && is_unanswered (cell);
    g_autofree char *meaning = cell ? meaning_of_cell (cell) : NULL;
    if (!first)
      first = g_steal_pointer (&meaning);
    else if (meaning && !g_str_equal (first, meaning))
      row->differs = TRUE;
  }
}

void
matrix_complete (Matrix *matrix)
{
  matrix->labels = labels_from_names (matrix->names);
  for (guint i = 0; i < matrix->all_rows->len; i++) {
    MatrixRow *row = matrix->all_rows->pdata[i];
    complete_row (matrix, row);
    if (row->known || matrix->names->len - row->missing > 1)
      g_ptr_array_add (matrix->rows, row);
  }
}

const char *
matrix_row_name (const MatrixRow *row)
{
  return row->known ? row->known->name : row->name;
}

const char *
matrix_row_words (const MatrixRow *row)
{
  return row->known ? catalogue_item_words (row->known, message_language ()) : row->name;
}

const char *
matrix_row_category (const MatrixRow *row)
{
  return row->known ? category_words (row->known, message_language ()) : NULL;
}

const GPtrArray *
matrix_cell (const MatrixRow *row, guint index)
{
  return row->cells->pdata[index];
}

const MatrixAnswer *
matrix_answer (const GPtrArray *cell, guint index)
{
  return cell->pdata[index];
}

char *
matrix_cell_text (const GPtrArray *cell)
{
  if (!cell)
    return NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < cell->len; i++) {
    const MatrixAnswer *answer = cell->pdata[i];
    if (!answer->answer)
      continue;
    g_string_append (text, text->len ? "\n" : "");
    if (cell->len > 1 && answer->section)
      g_string_append_printf (text, "[%s] ", answer->section);
    g_string_append (text, answer->answer);
  }
  return text->len ? g_strdup (text->str) : NULL;
}

char *
matrix_cell_status (const GPtrArray *cell)
{
  if (!cell)
    return g_strdup ("missing");
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < cell->len; i++)
    g_string_append_printf (text, "%s%s", i ? "/" : "", ((const MatrixAnswer *)cell->pdata[i])->status);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
