/* error.c - see error.h */
#include "model/error.h"

G_DEFINE_QUARK (checksheet_error, checksheet_error)

static const char *const statuses[] = {
    [CHECKSHEET_ERROR_NO_SHEET] = "no-sheet",         [CHECKSHEET_ERROR_NEEDS_PASSWORD] = "needs-password",
    [CHECKSHEET_ERROR_DAMAGED] = "damaged",           [CHECKSHEET_ERROR_UNSUPPORTED] = "unsupported",
    [CHECKSHEET_ERROR_LIMIT_CPU] = "limit-cpu",       [CHECKSHEET_ERROR_LIMIT_WALL] = "limit-wall",
    [CHECKSHEET_ERROR_LIMIT_MEMORY] = "limit-memory", [CHECKSHEET_ERROR_LIMIT_PAGES] = "limit-pages",
    [CHECKSHEET_ERROR_LIMIT_SIZE] = "limit-size",     [CHECKSHEET_ERROR_CRASH] = "crash",
    [CHECKSHEET_ERROR_SANDBOX] = "sandbox-violation", [CHECKSHEET_ERROR_FETCH] = "fetch-error",
    [CHECKSHEET_ERROR_BLOCKED] = "blocked-address",   [CHECKSHEET_ERROR_MANIFEST] = "wrong-manifest",
    [CHECKSHEET_ERROR_PATTERNS] = "wrong-patterns",   [CHECKSHEET_ERROR_IO] = "io-error",
};

const char *
checksheet_error_status (ChecksheetError code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (statuses), "crash");
  return statuses[code];
}

gboolean
status_is_known (const char *word)
{
  static const char *const good[] = {"ok", "ok-with-warnings", "not-modified", NULL};
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i], word))
      return TRUE;
  return g_strv_contains (good, word);
}
