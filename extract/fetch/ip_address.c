/* ip_address.c - see ip_address.h */
#include "fetch/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

/* A block of addresses: the first BITS of PREFIX. */
typedef struct {
  const char *prefix;
  int bits;
  const char *meaning;
} AddressBlock;

static const AddressBlock blocks_4[] = {
    {"0.0.0.0", 8, "this network, RFC 791"},
    {"10.0.0.0", 8, "private, RFC 1918"},
    {"100.64.0.0", 10, "shared by carriers, RFC 6598"},
    {"127.0.0.0", 8, "loopback, RFC 1122"},
    {"169.254.0.0", 16, "link-local, RFC 3927"},
    {"172.16.0.0", 12, "private, RFC 1918"},
    {"192.0.0.0", 24, "protocol assignments, RFC 6890"},
    {"192.0.2.0", 24, "documentation, RFC 5737"},
    {"192.31.196.0", 24, "AS112, RFC 7535"},
    {"192.52.193.0", 24, "AMT, RFC 7450"},
    {"192.88.99.0", 24, "6to4 relay, RFC 7526"},
    {"192.168.0.0", 16, "private, RFC 1918"},
    {"192.175.48.0", 24, "AS112, RFC 7534"},
    {"198.18.0.0", 15, "benchmarking, RFC 2544"},
    {"198.51.100.0", 24, "documentation, RFC 5737"},
    {"203.0.113.0", 24, "documentation, RFC 5737"},
    {"224.0.0.0", 4, "multicast, RFC 5771"},
    {"255.255.255.255", 32, "broadcast, RFC 919"},
    {"240.0.0.0", 4, "reserved, RFC 1112"},
};

/* Blocks outside of 2000::/3 that have a name, then the special ones inside it. */
static const AddressBlock blocks_6[] = {
    {"::", 128, "unspecified, RFC 4291"},
    {"::1", 128, "loopback, RFC 4291"},
    {"::ffff:0:0", 96, "an IPv4 address in IPv6, RFC 4291"},
    {"::", 96, "an IPv4 address in IPv6, RFC 4291"},
    {"::ffff:0:0:0", 96, "an IPv4 address translated, RFC 2765"},
    {"64:ff9b:1::", 48, "NAT64 of a site, RFC 8215"},
    {"100::", 64, "discarded, RFC 6666"},
    {"100:0:0:1::", 64, "a dummy prefix, RFC 9780"},
    {"5f00::", 16, "segment routing, RFC 9602"},
    {"fc00::", 7, "private, RFC 4193"},
    {"fe80::", 10, "link-local, RFC 4291"},
    {"fec0::", 10, "site-local, RFC 3879"},
    {"ff00::", 8, "multicast, RFC 4291"},
    {"2001::", 32, "Teredo, RFC 4380"},
    {"2001::", 23, "protocol assignments, RFC 2928"},
    {"2001:db8::", 32, "documentation, RFC 3849"},
    {"2620:4f:8000::", 48, "AS112, RFC 7534"},
    {"3fff::", 20, "documentation, RFC 9637"},
    {"3ffe::", 16, "6bone, RFC 3701"},
};

static const AddressBlock given_out = {"2000::", 3, NULL};

/* The byte at which an IPv6 address of a block carries an IPv4 address. */
typedef struct {
  AddressBlock block;
  int byte;
} CarrierBlock;

static const CarrierBlock carriers[] = {
    {{"64:ff9b::", 96, "NAT64, RFC 6052"}, 12},
    {{"2002::", 16, "6to4, RFC 3056"}, 2},
};

static gboolean
is_in_block (int family, const guint8 *bytes, const AddressBlock *block)
{
  guint8 prefix[sizeof (struct in6_addr)];
  int whole = block->bits / 8, rest = block->bits % 8;
  inet_pton (family, block->prefix, prefix);
  if (memcmp (bytes, prefix, whole))
    return FALSE;
  return rest == 0 || (bytes[whole] ^ prefix[whole]) >> (8 - rest) == 0;
}

static const char *
meaning_in (int family, const guint8 *bytes, const AddressBlock *blocks, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (is_in_block (family, bytes, &blocks[i]))
      return blocks[i].meaning;
  return NULL;
}

static const char *
special_purpose_4 (const guint8 *bytes)
{
  return meaning_in (AF_INET, bytes, blocks_4, G_N_ELEMENTS (blocks_4));
}

static const char *
special_purpose_6 (const guint8 *bytes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (carriers); i++)
    if (is_in_block (AF_INET6, bytes, &carriers[i].block))
      return special_purpose_4 (bytes + carriers[i].byte);
  const char *meaning = meaning_in (AF_INET6, bytes, blocks_6, G_N_ELEMENTS (blocks_6));
  if (!meaning && !is_in_block (AF_INET6, bytes, &given_out))
    return "not given out, RFC 4291";
  return meaning;
}

const char *
ip_address_special_purpose (const struct sockaddr *address)
{
  if (address->sa_family == AF_INET)
    return special_purpose_4 ((const guint8 *)&((const struct sockaddr_in *)address)->sin_addr);
  if (address->sa_family == AF_INET6)
    return special_purpose_6 (((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr);
  return "not an internet address";
}

const char *
ip_address_text_special_purpose (const char *text)
{
  guint8 bytes[sizeof (struct in6_addr)];
  g_autofree char *without_zone = g_strndup (text, strcspn (text, "%"));
  if (inet_pton (AF_INET, without_zone, bytes) == 1)
    return special_purpose_4 (bytes);
  if (inet_pton (AF_INET6, without_zone, bytes) == 1)
    return special_purpose_6 (bytes);
  return "not an internet address";
}

char *
ip_address_to_string (const struct sockaddr *address)
{
  char text[INET6_ADDRSTRLEN] = "?";
  if (address->sa_family == AF_INET)
    inet_ntop (AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, sizeof text);
  else if (address->sa_family == AF_INET6)
    inet_ntop (AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, sizeof text);
  return g_strdup (text);
}
