/* choice.h - answers that are chosen among several, printed in a cell or told by a legend in the head of its column.
 *
 *   boxes       □対応 ■一部対応 □非対応     [x] 有 [ ] 無     ☑ はい ☐ いいえ
 *   buttons     ○有 ●無
 *   words       有・【無】     はい / ○いいえ     有り・無し: none is chosen
 *   legend      the head 対応状況（1:対応 2:一部対応 3:非対応）, the cell 2
 *
 * The marks are data: choices.pattern.
 */
#pragma once

#include "model/answer.h"
#include "patterns/knowledge.h"
#include "text/plain.h"

/* The choices (Choice) with which the text begins, NULL: it begins with none. TEXT: the cell; PLAIN: made from it. *END
 * becomes the byte of PLAIN's text after them. The caller frees. */
GPtrArray *choices_from_text (const Knowledge *knowledge, const char *text, const Plain *plain, int *end);

typedef struct {
  char *key, *word; /* "1", "対応" */
} LegendEntry;

/* The legend in HEAD (LegendEntry, at least two); NULL: it has none. *START becomes the byte of HEAD where it begins.
 * The caller frees. */
GPtrArray *legend_from_head (const Knowledge *knowledge, const char *head, int *start);

/* The entries with which LINE begins (LegendEntry), perhaps none. The caller frees. */
GPtrArray *legend_entries (const Knowledge *knowledge, const char *line);

/* The words of LEGEND as choices, that of the key with which the cell TEXT begins chosen; NULL: it begins with none.
 * *REST becomes the text after the key. The caller frees the choices. */
GPtrArray *choices_from_legend (const GPtrArray *legend, const char *text, const char **rest);
