#include "error.h"
G_DEFINE_QUARK (checksheet-error-quark, checksheet_error)
const char *checksheet_error_status (ChecksheetError code) { return "damaged"; }
