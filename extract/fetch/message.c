/* message.c - see message.h */
#include "fetch/message.h"

#include "read/source.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define MESSAGE_TYPE "(uutxmsmsmsmsmsmsmsms)"

/* Addresses and headers are limited to far less. */
enum { MESSAGE_BYTES = 128 * 1024 };

typedef union {
  struct cmsghdr header;
  char bytes[CMSG_SPACE (sizeof (int))];
} Rights;

static void
attach (struct msghdr *message, Rights *rights, int descriptor)
{
  message->msg_control = rights;
  message->msg_controllen = sizeof *rights;
  struct cmsghdr *header = CMSG_FIRSTHDR (message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof descriptor);
  memcpy (CMSG_DATA (header), &descriptor, sizeof descriptor);
}

MessageOutcome
message_send (int socket, const FetchResult *result)
{
  g_autoptr (GVariant) packet = g_variant_ref_sink (g_variant_new (
      MESSAGE_TYPE, result->request, (guint)result->end, result->bytes, result->not_before, result->reason,
      result->address, result->final_address, result->charset, result->validators.etag,
      result->validators.last_modified, result->page_validators.etag, result->page_validators.last_modified));
  struct iovec part = {(gpointer)g_variant_get_data (packet), g_variant_get_size (packet)};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  Rights rights = {0};
  if (result->body >= 0)
    attach (&message, &rights, result->body);
  if (sendmsg (socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
    return MESSAGE_DONE;
  gboolean full = errno == EAGAIN || errno == EINTR || errno == ENOBUFS || errno == ETOOMANYREFS;
  return full ? MESSAGE_LATER : MESSAGE_BROKEN;
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
  g_variant_get (packet, MESSAGE_TYPE, &result->request, &end, &result->bytes, &result->not_before, &result->reason,
                 &result->address, &result->final_address, &result->charset, &result->validators.etag,
                 &result->validators.last_modified, &result->page_validators.etag,
                 &result->page_validators.last_modified);
  result->end = MIN (end, FETCH_BLOCKED);
}

static gboolean
makes_sense (const FetchResult *result, guint n)
{
  struct stat status;
  gboolean failed = result->end == FETCH_FAILED || result->end == FETCH_BLOCKED;
  if (result->request >= n || failed != (result->reason != NULL) || (result->end == FETCHED) != (result->body >= 0))
    return FALSE;
  if (result->end != FETCHED)
    return TRUE;
  return fstat (result->body, &status) == 0 && S_ISREG (status.st_mode) && result->bytes <= SOURCE_BYTES_LIMIT &&
         (guint64)status.st_size == result->bytes;
}

MessageOutcome
message_receive (int socket, guint n, FetchResult *result)
{
  g_autofree char *bytes = g_malloc (MESSAGE_BYTES);
  struct iovec part = {bytes, MESSAGE_BYTES};
  Rights rights = {0};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &rights, .msg_controllen = sizeof rights};
  gssize length = recvmsg (socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (length < 0)
    return errno == EAGAIN || errno == EINTR ? MESSAGE_LATER : MESSAGE_BROKEN;
  *result = (FetchResult){.body = attached (&message)};
  g_autoptr (GBytes) packed = g_bytes_new (bytes, length);
  g_autoptr (GVariant) packet =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (MESSAGE_TYPE), packed, FALSE));
  gboolean whole = length > 0 && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) && g_variant_is_normal_form (packet);
  if (whole)
    fill (result, packet);
  if (whole && makes_sense (result, n))
    return MESSAGE_DONE;
  fetch_result_clear (result);
  return MESSAGE_BROKEN;
}
