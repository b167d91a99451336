/* threads.c - libchecksheet read with by many threads at once: threads FILE… reads each FILE in each thread, half of the threads
 * with one knowledge, half each with its own, and prints how many readings gave another sheet than the first. Built with
 * ThreadSanitizer (./dev proof threads) it says which memory two threads touch without waiting for each other. */
#include "library/checksheet.h"

#include <dlfcn.h>
#include <glib.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define THREADS 6

#ifdef __SANITIZE_THREAD__
#define WATCHED 1
#elif defined __has_feature
#if __has_feature(thread_sanitizer)
#define WATCHED 1
#endif
#endif

#ifdef WATCHED
/* GLib waits by futex, in code that is not watched: the sanitizer is told who waited for whom. */
void __tsan_acquire (void *address);
void __tsan_release (void *address);

#define PASS_ON(name) ((void (*) (void *))dlsym (RTLD_NEXT, name))

__attribute__ ((visibility ("default"))) void
g_mutex_lock (GMutex *mutex)
{
  PASS_ON ("g_mutex_lock") (mutex);
  __tsan_acquire (mutex);
}

__attribute__ ((visibility ("default"))) void
g_mutex_unlock (GMutex *mutex)
{
  __tsan_release (mutex);
  PASS_ON ("g_mutex_unlock") (mutex);
}

__attribute__ ((visibility ("default"))) gboolean (g_once_init_enter) (volatile void *location)
{
  gboolean first = ((gboolean (*) (volatile void *))dlsym (RTLD_NEXT, "g_once_init_enter")) (location);
  __tsan_acquire ((void *)location);
  return first;
}

__attribute__ ((visibility ("default"))) void (g_once_init_leave) (volatile void *location, gsize result)
{
  __tsan_release ((void *)location);
  ((void (*) (volatile void *, gsize))dlsym (RTLD_NEXT, "g_once_init_leave")) (location, result);
}
#endif

typedef struct {
  char **files, **expected; /* the sheets as JSON, or why there are none */
  ChecksheetKnowledge *shared;
  gboolean own;
  guint different;
} Reader;

static char *
sheet_of (ChecksheetKnowledge *knowledge, const char *file)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  if (!g_file_get_contents (file, &bytes, &length, NULL))
    return g_strdup_printf ("%s: cannot be read", file);
  ChecksheetOptions *options = checksheet_options_new ();
  checksheet_options_set_where (options, CHECKSHEET_IN_CALLER);
  ChecksheetReading *reading = checksheet_read (knowledge, options, bytes, length, file, NULL);
  const char *json = checksheet_reading_json (reading);
  char *sheet = g_strdup (json ? json : checksheet_reading_status (reading));
  checksheet_reading_free (reading);
  checksheet_options_free (options);
  return sheet;
}

static void *
read_all (void *data)
{
  Reader *reader = data;
  ChecksheetKnowledge *knowledge = reader->own ? checksheet_knowledge_open (NULL, NULL, NULL) : reader->shared;
  for (guint i = 0; reader->files[i]; i++) {
    g_autofree char *sheet = sheet_of (knowledge, reader->files[i]);
    reader->different += strcmp (sheet, reader->expected[i]) != 0;
  }
  if (reader->own)
    checksheet_knowledge_free (knowledge);
  return NULL;
}

int
main (int argc, char **argv)
{
  ChecksheetKnowledge *knowledge = checksheet_knowledge_open (NULL, NULL, NULL);
  g_auto (GStrv) expected = g_new0 (char *, argc);
  for (int i = 1; i < argc; i++)
    expected[i - 1] = sheet_of (knowledge, argv[i]);
  Reader readers[THREADS];
  pthread_t threads[THREADS];
  for (guint i = 0; i < THREADS; i++) {
    readers[i] = (Reader){argv + 1, expected, knowledge, i % 2 == 1, 0};
    if (pthread_create (&threads[i], NULL, read_all, &readers[i]) != 0)
      return 2;
  }
  guint different = 0;
  for (guint i = 0; i < THREADS; i++) {
    pthread_join (threads[i], NULL);
    different += readers[i].different;
  }
  checksheet_knowledge_free (knowledge);
  printf ("%d readings in %d threads, %u of them different\n", THREADS * (argc - 1), THREADS, different);
  return different ? 1 : 0;
}
