/* marked_text.c - see marked_text.h */
#include "read/pdf/tags/marked_text.h"

#include <string.h>

#define OPERANDS_MOST 8
#define NESTED_MOST 64

typedef struct {
  double a, b, c, d, e, f;
} Matrix;

static const Matrix identity = {1, 0, 0, 1, 0, 0};

typedef struct {
  const char *next, *end;

  double operands[OPERANDS_MOST]; /* the last ones */
  int count;
  int said_mark; /* in the dictionary among the operands */

  Matrix page, saved[NESTED_MOST]; /* from now on, and before each q */
  int saves;
  Matrix text, line;
  double leading;
  gboolean moved; /* where the next piece begins is known */

  int marks[NESTED_MOST], nested;
  GArray *starts; /* TextStart */
} Content;

static Matrix
product (Matrix m, Matrix n)
{
  return (Matrix){m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,       m.c * n.a + m.d * n.c,
                  m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

static double
operand (const Content *content, int from_end)
{
  int index = content->count - from_end;
  return index >= 0 && content->count <= OPERANDS_MOST ? content->operands[index] : 0;
}

static Matrix
matrix_of_operands (const Content *content)
{
  return (Matrix){operand (content, 6), operand (content, 5), operand (content, 4),
                  operand (content, 3), operand (content, 2), operand (content, 1)};
}

/* Operators */

static void
save (Content *content)
{
  if (content->saves < NESTED_MOST)
    content->saved[content->saves] = content->page;
  content->saves++;
}

static void
restore (Content *content)
{
  if (content->saves > 0 && --content->saves < NESTED_MOST)
    content->page = content->saved[content->saves];
}

static void
change_page (Content *content)
{
  content->page = product (matrix_of_operands (content), content->page);
}

static void
place_line (Content *content, Matrix matrix)
{
  content->text = content->line = matrix;
  content->moved = TRUE;
}

static void
begin_text (Content *content)
{
  place_line (content, identity);
}

static void
set_matrix (Content *content)
{
  place_line (content, matrix_of_operands (content));
}

static void
move (Content *content)
{
  place_line (content, product ((Matrix){1, 0, 0, 1, operand (content, 2), operand (content, 1)}, content->line));
}

static void
move_with_leading (Content *content)
{
  content->leading = -operand (content, 1);
  move (content);
}

static void
set_leading (Content *content)
{
  content->leading = operand (content, 1);
}

static void
next_line (Content *content)
{
  place_line (content, product ((Matrix){1, 0, 0, 1, 0, -content->leading}, content->line));
}

static void
show (Content *content)
{
  if (!content->moved)
    return;
  Matrix at = product (content->text, content->page);
  int mark = content->nested > 0 && content->nested <= NESTED_MOST ? content->marks[content->nested - 1] : MARK_NONE;
  TextStart start = {.x = at.e, .y = at.f, .mark = mark};
  g_array_append_val (content->starts, start);
  content->moved = FALSE;
}

static void
show_next_line (Content *content)
{
  next_line (content);
  show (content);
}

/* A mark without a number of its own is part of what it stands in. */
static void
begin_mark (Content *content)
{
  int around = content->nested > 0 && content->nested <= NESTED_MOST ? content->marks[content->nested - 1] : MARK_NONE;
  if (content->nested < NESTED_MOST)
    content->marks[content->nested] = content->said_mark >= 0 ? content->said_mark : around;
  content->nested++;
}

static void
end_mark (Content *content)
{
  content->nested = MAX (content->nested - 1, 0);
}

/* The bytes of a picture end where "EI" stands by itself. */
static void
skip_picture (Content *content)
{
  const char *next = content->next;
  while ((next = memmem (next, content->end - next, "EI", 2))) {
    gboolean begins = g_ascii_isspace (next[-1]);
    next += 2;
    if (begins && (next == content->end || g_ascii_isspace (*next)))
      break;
  }
  content->next = next ? next : content->end;
}

static const struct {
  const char *name;
  void (*act) (Content *content);
} operators[] = {
    {"q", save},
    {"Q", restore},
    {"cm", change_page},
    {"BT", begin_text},
    {"Tm", set_matrix},
    {"Td", move},
    {"TD", move_with_leading},
    {"TL", set_leading},
    {"T*", next_line},
    {"Tj", show},
    {"TJ", show},
    {"'", show_next_line},
    {"\"", show_next_line},
    {"BDC", begin_mark},
    {"BMC", begin_mark},
    {"EMC", end_mark},
    {"ID", skip_picture},
};

static void
act (Content *content, const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (strlen (operators[i].name) == length && !memcmp (operators[i].name, name, length)) {
      operators[i].act (content);
      break;
    }
  content->count = 0;
  content->said_mark = -1;
}

/* Words */

static gboolean
ends_word (char character)
{
  return g_ascii_isspace (character) || character == '\0' || strchr ("()<>[]{}/%", character);
}

static void
skip_string (Content *content)
{
  int deep = 0;
  for (; content->next < content->end; content->next++) {
    if (*content->next == '\\' && content->next + 1 < content->end)
      content->next++;
    else if (*content->next == '(')
      deep++;
    else if (*content->next == ')' && --deep == 0)
      break;
  }
  content->next += content->next < content->end;
}

static void
skip_past (Content *content, char last)
{
  const char *found = memchr (content->next, last, content->end - content->next);
  content->next = found ? found + 1 : content->end;
}

static void
read_number (Content *content, const char *word, gsize length)
{
  char text[32] = "";
  memcpy (text, word, MIN (length, sizeof text - 1));
  if (content->count == OPERANDS_MOST) {
    memmove (content->operands, content->operands + 1, sizeof content->operands - sizeof *content->operands);
    content->count--;
  }
  content->operands[content->count++] = g_ascii_strtod (text, NULL);
}

static void
read_word (Content *content)
{
  const char *word = content->next;
  gboolean name = *word == '/';
  content->next++;
  while (content->next < content->end && !ends_word (*content->next))
    content->next++;
  gsize length = content->next - word;
  if (name && length == 5 && !memcmp (word, "/MCID", 5))
    content->said_mark = (int)CLAMP (g_ascii_strtoll (content->next, NULL, 10), 0, G_MAXINT);
  else if (!name && (g_ascii_isdigit (*word) || strchr ("+-.", *word)))
    read_number (content, word, length);
  else if (!name)
    act (content, word, length);
}

static void
read_next (Content *content)
{
  char character = *content->next;
  if (character == '(')
    skip_string (content);
  else if (character == '%')
    skip_past (content, '\n');
  else if (character == '<' && content->next + 1 < content->end && content->next[1] == '<')
    content->next += 2;
  else if (character == '<')
    skip_past (content, '>');
  else if (character == '/' || !ends_word (character))
    read_word (content);
  else
    content->next++;
}

GArray *
text_starts_from_content (const char *data, gsize size)
{
  Content content = {.next = data, .end = data + size, .page = identity, .said_mark = -1};
  content.starts = g_array_new (FALSE, FALSE, sizeof (TextStart));
  while (content.next < content.end)
    read_next (&content);
  return content.starts;
}
