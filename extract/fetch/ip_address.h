/* ip_address.h - whether a socket's address is one of the public internet.
 *
 * The tables in ip_address.c are IANA's registries of special-purpose addresses (RFC 6890; IPv4 and IPv6, as of 2025),
 * each line with the document it comes from. The address checked is the one that a socket is about to connect to, in
 * binary: names, and decimal, octal, mapped and other spellings, have all been resolved by then.
 *
 * IPv6 is allowed by block, not forbidden by block: of all of it only 2000::/3 is allocated (RFC 4291, section 2.4).
 * Addresses that carry an IPv4 address for a gateway to extract (NAT64, 6to4) are as public as that one.
 */
#pragma once

#include <glib.h>
#include <sys/socket.h>

/* NULL: ADDRESS is public. Else what it is, in English, with its source: "loopback, RFC 1122". Static. */
const char *ip_address_special_purpose (const struct sockaddr *address);

/* The same for an address as inet_pton reads it ("127.0.0.1", "::1", a zone after "%" is cut off); anything else is not
 * public. */
const char *ip_address_text_special_purpose (const char *text);

/* "127.0.0.1", "::1"; for other families "?". The caller frees. */
char *ip_address_to_string (const struct sockaddr *address);
