/* text_kind.h - what a text is that a program wrote or reads: JSON, XML, a mail, YAML, a log, source code.
 *
 * A sheet may be plain text, so the evidence must be strong: how a text begins, or what most of its lines look like. The
 * lines of YAML, logs and code are measured against patterns (text_kind.c); a text of which that is in doubt is plain.
 */
#pragma once

#include <glib.h>

/* "application/json", "application/x-ndjson", "application/vnd.ms-excel.xml" (a workbook of Excel 2003), "message/rfc822",
 * "application/yaml", …; NULL: nothing of it, so it is plain text. Static. The bytes may be in any encoding. */
const char *text_kind_of_bytes (const guint8 *data, gsize size);
