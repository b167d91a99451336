/* report_page.h - a report as one HTML file: head, policy, parts, script. */
#pragma once

#include "report/report.h"

/* The whole file, in the user's language; the same bytes for the same sheets. REPORT has at least one sheet. The caller
 * frees. */
char *html_from_report (const Report *report);
