/* sheet_label.h - short names that tell sheets apart, for the heads of columns and for tabs.
 *
 * A sheet is labelled by its vendor. Where two have the same one, what differs between them is added, the first that
 * does: product, date of revision, file; in the end a number.
 *
 *     ミズクラゲ · クラゲ在庫 · 2024-04-01      ミズクラゲ · クラゲ在庫 · 2025-02-20      ツルバミ
 */
#pragma once

#include <glib.h>

#define LABEL_SEPARATOR " · "

typedef struct {
  char *vendor, *product, *revised, *file; /* NULL: not known; the vendor always is */
} SheetName;

/* A list of SheetName, which frees them. */
GPtrArray *sheet_names_new (void);
void sheet_names_add (GPtrArray *names, const char *vendor, const char *product, const char *revised, const char *file);

/* A label (char *) for each of NAMES, no two the same; the list frees them. */
GPtrArray *labels_from_names (const GPtrArray *names);
