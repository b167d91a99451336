/* parsed_address.h - an http or https address, taken apart.
 *
 * A name and a password in front of the host are taken away: nothing that is published needs them, they must not reach
 * a log, and "https://known.example@elsewhere/" is made to deceive.
 */
#pragma once

#include <glib.h>

typedef struct {
  char *text;      /* the whole of it, without user, password and fragment; what is not ASCII in its path encoded */
  char *host;      /* ASCII, lower case, no dot at its end */
  char *origin;    /* "https://host:443": what a robots.txt speaks for */
  char *target;    /* path and query, from "/" */
  gboolean secure; /* https */
} ParsedAddress;

/* Errors: CHECKSHEET_ERROR_FETCH, without the address: not http or https, no host, longer than 8 KiB, control
 * characters. */
ParsedAddress *parsed_address_new (const char *text, GError **error);

void parsed_address_free (ParsedAddress *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ParsedAddress, parsed_address_free)

/* TEXT (any bytes) fit to be shown on one line: no user and password, nothing that moves a cursor or turns the
 * direction of writing, at most 300 characters. The caller frees. */
char *address_for_eyes (const char *text);
