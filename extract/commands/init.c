/* init.c - `checksheet init`: a corpus to fill in, which is a folder with a commented manifest. */
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "commands/command.h"
#include "commands/parse.h"
#include "refresh/manifest/manifest.h"
#include "run/output.h"
#include "run/progress.h"

/* FALSE: the error was shown. */
static gboolean
make_folder (const char *folder)
{
  if (g_file_test (folder, G_FILE_TEST_IS_DIR) || g_mkdir (folder, 0777) == 0)
    return TRUE;
  if (errno == EEXIST)
    complain (folder, _ ("is not a folder; name another"));
  else if (errno == ENOENT)
    complain (folder, _ ("its parent folder does not exist; make that first"));
  else
    complain_printf (folder, _ ("cannot make the folder: %s"), g_strerror (errno));
  return FALSE;
}

static gboolean
write_manifest (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes =
      g_resources_lookup_data ("/refresh/manifest/" MANIFEST_FILE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (Output) output = bytes ? output_open (path, error) : NULL;
  return output && output_write (output, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error) &&
         output_commit (output, error);
}

int
command_init (int argc, char **argv)
{
  static const char notes[] = N_ ("Makes DIR, if it does not exist, and in it a vendors.yaml with comments and an\n"
                                  "example. An existing vendors.yaml is not changed.");
  int status;
  g_auto (KnowledgeFiles) files = {0};
  if (!command_parse (&argc, &argv, NULL, _ (notes), &files, &status))
    return status;
  if (argc != 2 || !*argv[1])
    return command_wrong_call ("init", _ ("expected one DIR, the folder to begin a corpus in"));
  if (!make_folder (argv[1]))
    return EXIT_WRONG_CALL;

  g_autofree char *path = g_build_filename (argv[1], MANIFEST_FILE, NULL);
  g_autoptr (GError) error = NULL;
  struct stat there;
  if (g_lstat (path, &there) == 0) {
    complain (path, _ ("exists already and was not changed; name another folder, or move it away"));
    return EXIT_WRONG_CALL;
  }
  if (!write_manifest (path, &error)) {
    complain (path, error->message);
    return EXIT_SOME_FAILED;
  }
  complain_printf (path, _ ("written; add your vendors, then run: checksheet refresh %s"), argv[1]);
  return EXIT_ALL_DONE;
}
