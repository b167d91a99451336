#include "read/charset.h"
char *utf8_from_bytes (GBytes *b, const char *d, const char **u, int *r) { return g_strndup (g_bytes_get_data (b, NULL), g_bytes_get_size (b)); }
