/* fetch_request.c - see fetch_request.h */
#include "fetch/fetch_request.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

const FetchOptions usual_fetch = {
    .pause = 1,
    .hosts = 16,
    .seconds = 120,
    .bytes = 64 << 20,
    .attempts = 4,
    .patience = 60,
};

gboolean
fetch_seconds_are_usable (double seconds)
{
  return seconds >= 1 && seconds <= FETCH_SECONDS_LIMIT;
}

ChecksheetError
fetch_end_error (FetchEnd end)
{
  return end == FETCH_BLOCKED     ? CHECKSHEET_ERROR_BLOCKED
         : end == FETCH_TOO_LARGE ? CHECKSHEET_ERROR_LIMIT_SIZE
                                  : CHECKSHEET_ERROR_FETCH;
}

void
validators_clear (Validators *validators)
{
  g_clear_pointer (&validators->etag, g_free);
  g_clear_pointer (&validators->last_modified, g_free);
}

void
fetch_result_clear (FetchResult *result)
{
  if (result->body >= 0)
    close (result->body);
  g_free (result->reason);
  g_free (result->address);
  g_free (result->final_address);
  g_free (result->charset);
  validators_clear (&result->validators);
  validators_clear (&result->page_validators);
  *result = (FetchResult){.body = -1};
}

#define RESULT_TYPE "(uutxumsmsmsmsmsmsmsms)"

/* Far more than the limits of addresses and headers add up to. */
enum { RESULT_BYTES = 128 * 1024 };

typedef union {
  struct cmsghdr header;
  char bytes[CMSG_SPACE (sizeof (int))];
} DescriptorRights;

static void
attach (struct msghdr *message, DescriptorRights *rights, int descriptor)
{
  message->msg_control = rights;
  message->msg_controllen = sizeof *rights;
  struct cmsghdr *header = CMSG_FIRSTHDR (message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof descriptor);
  memcpy (CMSG_DATA (header), &descriptor, sizeof descriptor);
}

ResultTransfer
fetch_result_send (int socket, const FetchResult *result)
{
  g_autoptr (GVariant) packet = g_variant_ref_sink (g_variant_new (
      RESULT_TYPE, result->request, (guint)result->end, result->bytes, result->not_before, result->status,
      result->reason, result->address, result->final_address, result->charset, result->validators.etag,
      result->validators.last_modified, result->page_validators.etag, result->page_validators.last_modified));
  struct iovec part = {(gpointer)g_variant_get_data (packet), g_variant_get_size (packet)};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  DescriptorRights rights = {0};
  if (result->body >= 0)
    attach (&message, &rights, result->body);
  if (sendmsg (socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
    return TRANSFER_DONE;
  gboolean full = errno == EAGAIN || errno == EINTR || errno == ENOBUFS || errno == ETOOMANYREFS;
  return full ? TRANSFER_LATER : TRANSFER_BROKEN;
}

/* -1: there is none. */
static int
attached (struct msghdr *message)
{
  int descriptor = -1;
  struct cmsghdr *header = CMSG_FIRSTHDR (message);
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
    memcpy (&descriptor, CMSG_DATA (header), sizeof descriptor);
  return descriptor;
}

static void
fill (FetchResult *result, GVariant *packet)
{
  guint end;
  g_variant_get (packet, RESULT_TYPE, &result->request, &end, &result->bytes, &result->not_before, &result->status,
                 &result->reason, &result->address, &result->final_address, &result->charset, &result->validators.etag,
                 &result->validators.last_modified, &result->page_validators.etag,
                 &result->page_validators.last_modified);
  result->end = MIN (end, FETCH_TOO_LARGE);
}

static gboolean
makes_sense (const FetchResult *result, guint n, guint64 limit)
{
  struct stat status;
  gboolean failed = result->end != FETCHED && result->end != FETCH_NOT_MODIFIED;
  if (result->request >= n || failed != (result->reason != NULL) || (result->end == FETCHED) != (result->body >= 0))
    return FALSE;
  if (result->end != FETCHED)
    return TRUE;
  return fstat (result->body, &status) == 0 && S_ISREG (status.st_mode) && result->bytes <= limit &&
         (guint64)status.st_size == result->bytes;
}

ResultTransfer
fetch_result_receive (int socket, guint n, guint64 limit, FetchResult *result)
{
  g_autofree char *bytes = g_malloc (RESULT_BYTES);
  struct iovec part = {bytes, RESULT_BYTES};
  DescriptorRights rights = {0};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &rights, .msg_controllen = sizeof rights};
  gssize length = recvmsg (socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (length < 0)
    return errno == EAGAIN || errno == EINTR ? TRANSFER_LATER : TRANSFER_BROKEN;
  *result = (FetchResult){.body = attached (&message)};
  g_autoptr (GBytes) packed = g_bytes_new (bytes, length);
  g_autoptr (GVariant) packet =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (RESULT_TYPE), packed, FALSE));
  gboolean whole = length > 0 && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) && g_variant_is_normal_form (packet);
  if (whole)
    fill (result, packet);
  if (whole && makes_sense (result, n, limit))
    return TRANSFER_DONE;
  fetch_result_clear (result);
  return TRANSFER_BROKEN;
}
