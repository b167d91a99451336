/* retirement.h - documents that vendors.yaml lists no longer: their sheets leave out/; their revisions, and the bytes of
 * these, stay, so that one that is listed again has its sheet back without a fetch. */
#pragma once

#include "refresh/task.h"

/* Retires them, and says so; in a dry run it only says so. For a run over all documents. Gives how many. */
int refresh_retire (Refresh *refresh);
