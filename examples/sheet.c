/* sheet.c - prints what a document answers: cc sheet.c -o sheet $(pkg-config --cflags --libs checksheet); ./sheet sheet.pdf */
#include <checksheet.h>
#include <stdio.h>
#include <stdlib.h>

/* The bytes of a file; NULL: it cannot be read. The caller frees. */
static char *
bytes_of_file (const char *path, size_t *length)
{
  FILE *file = fopen (path, "rb");
  if (!file)
    return NULL;
  fseek (file, 0, SEEK_END);
  *length = (size_t)ftell (file);
  rewind (file);
  char *bytes = malloc (*length + 1);
  if (bytes && fread (bytes, 1, *length, file) != *length) {
    free (bytes);
    bytes = NULL;
  }
  fclose (file);
  return bytes;
}

static const char *
text_at (const ChecksheetValue *value, const char *pointer)
{
  const char *text = checksheet_value_text (checksheet_value_at (value, pointer));
  return text ? text : "-";
}

static void
print_sheet (const ChecksheetValue *sheet)
{
  const ChecksheetValue *item = checksheet_value_first (checksheet_value_at (sheet, "/items"));
  printf ("%s: %zu items\n", text_at (sheet, "/document/title"),
          checksheet_value_count (checksheet_value_at (sheet, "/items")));
  for (; item; item = checksheet_value_next (item))
    printf ("%s\t%s\t%s\n", text_at (item, "/meti/id"), text_at (item, "/name"), text_at (item, "/answer/status"));
}

int
main (int argc, char **argv)
{
  size_t length = 0;
  char *message = NULL;
  char *bytes = argc == 2 ? bytes_of_file (argv[1], &length) : NULL;
  if (!bytes) {
    fprintf (stderr, "usage: sheet FILE, which can be read\n");
    return 2;
  }
  ChecksheetKnowledge *knowledge = checksheet_knowledge_open (NULL, NULL, &message);
  if (!knowledge) {
    fprintf (stderr, "%s\n", message);
    checksheet_message_free (message);
    free (bytes);
    return 2;
  }
  ChecksheetReading *reading = checksheet_read (knowledge, NULL, bytes, length, argv[1], NULL);
  const ChecksheetValue *sheet = checksheet_reading_sheet (reading);
  int status = sheet ? 0 : 1;
  if (sheet)
    print_sheet (sheet);
  if (checksheet_reading_message (reading))
    fprintf (stderr, "%s: %s: %s\n", argv[1], checksheet_reading_status (reading),
             checksheet_reading_message (reading));
  checksheet_reading_free (reading);
  checksheet_knowledge_free (knowledge);
  free (bytes);
  return status;
}
