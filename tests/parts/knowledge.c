/* knowledge.c - part-knowledge CATALOGUE FILE…: two Knowledges at work in two threads, one of them with CATALOGUE, each
 * reading every FILE a few times, give what each gives alone. Prints how many sheets were compared; exit status 1 and a
 * line for each that differs.
 */
#include "road.h"
#include "write/writer.h"

#include <locale.h>
#include <stdio.h>

enum { ROUNDS = 3 };

typedef struct {
  KnowledgeFiles files;
  char **paths;
} Reading;

/* The JSON of every path, in order, or the error; one Knowledge for all. */
static gpointer
read_all (gpointer data)
{
  const Reading *reading = data;
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (Knowledge) knowledge = knowledge_open (&reading->files, NULL);
  g_assert (knowledge);
  for (int round = 0; round < ROUNDS; round++)
    for (char **path = reading->paths; *path; path++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (Source) source = source_open (*path, &error);
      g_assert (source);
      ReadOptions options = {.knowledge = knowledge};
      g_autoptr (Sheet) sheet = sheet_from_source (source, &options, &error);
      g_ptr_array_add (texts, sheet ? json_from_sheet (knowledge, sheet) : g_strdup (error->message));
    }
  return texts;
}

static int
differences (GPtrArray *alone, GPtrArray *together, const char *whose)
{
  int count = 0;
  for (guint i = 0; i < alone->len; i++)
    if (!g_str_equal (alone->pdata[i], together->pdata[i])) {
      printf ("%s: text %u differs\n", whose, i);
      count++;
    }
  return count;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  if (argc < 3)
    return 2;
  Reading first = {{NULL, NULL}, argv + 2}, second = {{NULL, argv[1]}, argv + 2};
  g_autoptr (GPtrArray) first_alone = read_all (&first), second_alone = read_all (&second);
  GThread *one = g_thread_new ("one", read_all, &first), *two = g_thread_new ("two", read_all, &second);
  g_autoptr (GPtrArray) first_together = g_thread_join (one), second_together = g_thread_join (two);
  int different =
      differences (first_alone, first_together, "built in") + differences (second_alone, second_together, argv[1]);
  printf ("%u sheets compared, %d different\n", first_alone->len + second_alone->len, different);
  return different > 0;
}
