/* module.c - see module.h */
#include "modules/module.h"

#include "model/error.h"

#include <dlfcn.h>
#include <glib/gi18n.h>
#include <gnu/libc-version.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const file_names[MODULE_KINDS] = {
    [MODULE_PDF] = "checksheet-pdf.so",           [MODULE_QPDF] = "checksheet-qpdf.so",
    [MODULE_PICTURES] = "checksheet-pictures.so", [MODULE_OCR] = "checksheet-ocr.so",
    [MODULE_OFFICE] = "checksheet-office.so",     [MODULE_MAIL] = "checksheet-mail.so",
    [MODULE_FETCH] = "checksheet-fetch.so",       [MODULE_XLSX] = "checksheet-xlsx.so",
};

/* The file that the memory at ADDRESS is of, as the kernel names it; NULL: unknown. The caller frees. */
static char *
file_of_memory (gconstpointer address)
{
  g_autofree char *maps = NULL;
  if (!g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL))
    return NULL;
  g_auto (GStrv) lines = g_strsplit (maps, "\n", -1);
  for (char **line = lines; *line; line++) {
    unsigned long start, end;
    int name = 0;
    if (sscanf (*line, "%lx-%lx %*s %*s %*s %*s %n", &start, &end, &name) == 2 && name > 0 &&
        (gulong)address >= start && (gulong)address < end)
      return g_strdup (*line + name);
  }
  return NULL;
}

char *
module_own_folder (void)
{
  Dl_info info;
  struct link_map *object = NULL;
  if (!dladdr1 (file_names, &info, (void **)&object, RTLD_DL_LINKMAP) || !object)
    return NULL;
  /* A library that was opened by a relative path: the working folder may have changed since. */
  gboolean relative = *object->l_name && !g_path_is_absolute (object->l_name);
  g_autofree char *path = relative          ? file_of_memory (file_names)
                          : *object->l_name ? g_strdup (object->l_name)
                                            : g_file_read_link ("/proc/self/exe", NULL);
  return path && g_path_is_absolute (path) ? g_path_get_dirname (path) : NULL;
}

char *
module_path (ModuleKind kind)
{
  g_autofree char *folder = module_own_folder ();
  if (!folder)
    return g_build_filename (MODULE_FOLDER_INSTALLED, file_names[kind], NULL);
  g_autofree char *beside = g_build_filename (folder, file_names[kind], NULL);
  if (g_file_test (beside, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&beside);
  /* Of a library in libdir; of a program in bindir. */
  g_autofree char *below = g_build_filename (folder, "checksheet", file_names[kind], NULL);
  if (g_file_test (below, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&below);
  g_autofree char *moved = g_build_filename (folder, MODULE_FOLDER, file_names[kind], NULL);
  if (g_file_test (moved, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&moved);
  return g_build_filename (MODULE_FOLDER_INSTALLED, file_names[kind], NULL);
}

typedef struct {
  const char *name;
  gboolean seen;
  char path[PATH_MAX];
} LoadedObject;

/* Of dl_iterate_phdr. */
static int
compare_loaded (struct dl_phdr_info *info, size_t size, void *data)
{
  LoadedObject *wanted = data;
  const char *slash = strrchr (info->dlpi_name, '/');
  if (!slash || strcmp (slash + 1, wanted->name) || strlen (info->dlpi_name) >= sizeof wanted->path)
    return 0;
  strcpy (wanted->path, info->dlpi_name);
  return wanted->seen = TRUE;
}

/* The linker's handle of an open module; NULL: it is not open. */
static gpointer
handle_of_open (ModuleKind kind)
{
  LoadedObject wanted = {.name = file_names[kind]};
  dl_iterate_phdr (compare_loaded, &wanted);
  return wanted.seen ? dlopen (wanted.path, RTLD_LAZY | RTLD_NOLOAD) : NULL;
}

gboolean
module_is_open (ModuleKind kind)
{
  LoadedObject wanted = {.name = file_names[kind]};
  dl_iterate_phdr (compare_loaded, &wanted);
  return wanted.seen;
}

static gpointer
fail (GError **error, const char *words)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
               _ ("a part of the program that is needed for it cannot be opened (%s); install checksheet again, whole"),
               words);
  return NULL;
}

/* Whether the module and the program were built together. */
static gpointer
check_build (gpointer handle, ModuleKind kind, GError **error)
{
  const char *build = dlsym (handle, "checksheet_module_build");
  if (build && g_str_equal (build, VERSION))
    return handle;
  g_autofree char *words = g_strdup_printf (_ ("%s is of another release, %s"), file_names[kind], build ? build : "?");
  return fail (error, words);
}

/* How a module is opened. The dynamic linker looks for each name that Poppler's libraries use in the program's libraries
 * first, and then in those of the module, which have nearly all of them; the other way round, opening takes half as long.
 * But then the module would free what another malloc than the C library's gave the program (a sanitizer's, one that is
 * loaded before all others); and where tests answer in place of the system (the network, files that are written), they
 * would not be asked. */
static int
opening_flags (ModuleKind kind)
{
  Dl_info allocator, library;
  gboolean usual = dladdr ((gpointer)malloc, &allocator) && dladdr ((gpointer)gnu_get_libc_version, &library) &&
                   allocator.dli_fbase == library.dli_fbase;
  gboolean reads = kind != MODULE_FETCH && kind != MODULE_XLSX;
  return RTLD_LAZY | RTLD_LOCAL | (usual && reads ? RTLD_DEEPBIND : 0);
}

static gpointer
handle_of_module (ModuleKind kind, GError **error)
{
  gpointer handle = handle_of_open (kind);
  if (handle)
    return check_build (handle, kind, error);
  g_autofree char *path = module_path (kind);
  handle = dlopen (path, opening_flags (kind));
  return handle ? check_build (handle, kind, error) : fail (error, dlerror ());
}

gboolean
module_open (ModuleKind kind, GError **error)
{
  return kind == MODULE_NONE || handle_of_module (kind, error);
}

gpointer
module_function (ModuleKind kind, const char *name, GError **error)
{
  g_autoptr (GError) fault = NULL;
  gpointer handle = handle_of_module (kind, &fault);
  gpointer function = handle ? dlsym (handle, name) : NULL;
  if (handle && !function)
    fail (&fault, dlerror ());
  if (fault && !error)
    g_error ("%s", fault->message); /* ends the process */
  if (fault)
    g_propagate_error (error, g_steal_pointer (&fault));
  return function;
}
