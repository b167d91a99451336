/* message.h - a result, on its way from the fetcher's process: one packet, the body's descriptor beside it (SCM_RIGHTS,
 * unix(7)). The fetcher has read what strangers sent, so its packets are not believed either: every string is text,
 * every number in its range, the body a file of the size that is said. */
#pragma once

#include "fetch/fetcher.h"

typedef enum { MESSAGE_DONE, MESSAGE_LATER, MESSAGE_BROKEN } MessageOutcome;

/* LATER: there is no room in the socket. RESULT keeps its descriptor. */
MessageOutcome message_send (int socket, const FetchResult *result);

/* Fills *RESULT; LATER: nothing is there yet; BROKEN: the other side has ended, or sent nonsense. N: requests. */
MessageOutcome message_receive (int socket, guint n, FetchResult *result);
