/* mail.c - the parts of a mail or of a page saved in one file (MHTML; RFC 2045, 2046, 2387, 2557), by GMime (wrapping.h).
 *
 *     multipart/mixed
 *     ├─ multipart/alternative       the same words twice: HTML first, text only if that has no sheet
 *     │  ├─ text/plain
 *     │  └─ multipart/related        a page with what it shows: frames and style sheets go by their addresses
 *     │     ├─ text/html
 *     │     └─ text/css, image/png
 *     ├─ message/rfc822              a mail in the mail: a member that is a wrapping itself
 *     └─ application/pdf             an attachment
 *
 * A part without a name goes by its address, or by its number in the mail: "1.2", as IMAP counts (RFC 3501, 6.4.5).
 */
#include "model/error.h"
#include "modules/module.h"
#include "read/wrapping/wrapping.h"

#include <glib/gi18n.h>
#include <gmime/gmime.h>
#include <string.h>

typedef GMimeObject MailObject;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailObject, g_object_unref)
typedef GMimeStream MailStream;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailStream, g_object_unref)
typedef GMimeParser MailParser;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailParser, g_object_unref)

#define MULTIPART_DEPTH_LIMIT 20

typedef struct {
  const Source *source;
  GPtrArray *members;
  const char *address; /* of the page, from the mail's head; NULL: none */
  int alternatives;    /* how many groups of them so far */
  int alternative;     /* the group that the part is in; 0: none */
  int depth, parts;
  gsize bytes; /* of all parts so far */
} MailWalk;

static void walk_part (MailWalk *walk, MailObject *object, const char *number);

static GBytes *
bytes_of_part (GMimePart *part)
{
  g_autoptr (MailStream) stream = g_mime_stream_mem_new ();
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  if (content)
    g_mime_data_wrapper_write_to_stream (content, stream);
  GByteArray *bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  return g_bytes_new (bytes->data, bytes->len);
}

static const char *
header_of (MailObject *object, const char *name)
{
  const char *value = g_mime_object_get_header (object, name);
  return value && *value ? value : NULL;
}

/* An address may be folded over lines, which white space in it comes from (RFC 2557, 4.4.2). */
static char *
address_of (MailObject *object)
{
  const char *written = header_of (object, "Content-Location");
  if (!written)
    return NULL;
  g_autofree char *decoded = g_mime_utils_header_decode_text (NULL, written);
  char *address = g_utf8_make_valid (decoded, -1), *end = address;
  for (const char *at = address; *at; at++)
    if (!g_ascii_isspace (*at))
      *end++ = *at;
  *end = '\0';
  return address;
}

static gboolean
is_of_type (MailObject *object, const char *type, const char *subtype)
{
  return g_mime_content_type_is_type (g_mime_object_get_content_type (object), type, subtype);
}

static const char *
parameter_of (MailObject *object, const char *name)
{
  return g_mime_content_type_get_parameter (g_mime_object_get_content_type (object), name);
}

/* Lines that a mail program wrapped (RFC 3676): one that ends in a space goes on in the next. */
static GBytes *
unflowed (GBytes *bytes, gboolean without_space)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  GByteArray *joined = g_byte_array_sized_new ((guint)size);
  gsize start = 0; /* of the line, in JOINED */
  for (gsize i = 0; i < size; i++) {
    gsize end = i + (text[i] == '\r' && i + 1 < size && text[i + 1] == '\n');
    gboolean flows = text[end] == '\n' && joined->len > start && joined->data[joined->len - 1] == ' ' &&
                     !(joined->len - start == 3 && !memcmp (joined->data + start, "-- ", 3));
    if (flows) {
      g_byte_array_set_size (joined, joined->len - without_space);
      i = end;
      continue;
    }
    g_byte_array_append (joined, (const guint8 *)text + i, 1);
    if (text[i] == '\n')
      start = joined->len;
  }
  return g_byte_array_free_to_bytes (joined);
}

/* What the part is declared to be counts only where the bytes may be that. */
static void
declare_type (Source *source, MailObject *object, gboolean named)
{
  gboolean page = is_of_type (object, "text", "html") || is_of_type (object, "application", "xhtml+xml");
  if (page && g_str_has_prefix (source->media_type, "text/"))
    source->media_type = "text/html";
  else if (!named && is_of_type (object, "text", "plain"))
    source->media_type = "text/plain";
  source_declare (source, NULL, parameter_of (object, "charset"));
}

static char *
name_of_part (MailObject *object, const char *number)
{
  const char *name = GMIME_IS_PART (object) ? g_mime_part_get_filename (GMIME_PART (object)) : NULL;
  char *address = name && *name ? NULL : address_of (object);
  if (address)
    return address;
  return name && *name ? g_strdup (name) : g_strdup (number);
}

static GBytes *
content_of (MailObject *object)
{
  GBytes *bytes = bytes_of_part (GMIME_PART (object));
  const char *format = parameter_of (object, "format"), *space = parameter_of (object, "delsp");
  if (!is_of_type (object, "text", "plain") || !format || g_ascii_strcasecmp (format, "flowed"))
    return bytes;
  g_autoptr (GBytes) wrapped = bytes;
  return unflowed (wrapped, space && !g_ascii_strcasecmp (space, "yes"));
}

static void
add_fault (MailWalk *walk, const char *name, ChecksheetError code, const char *message)
{
  members_add_fault (walk->members, name, g_error_new_literal (CHECKSHEET_ERROR, code, message));
}

static Member *
add_part (MailWalk *walk, MailObject *object, const char *number)
{
  GMimePart *part = GMIME_PART (object);
  g_autofree char *name = name_of_part (object, number);
  GBytes *bytes = content_of (object);
  walk->bytes += g_bytes_get_size (bytes);
  Member *member = members_add (walk->members, walk->source, name, bytes);
  member->alternative = walk->alternative;
  declare_type (member->source, object, g_mime_part_get_filename (part) != NULL);
  member->source->address = address_of (object);
  if (!member->source->address)
    member->source->address = g_strdup (walk->address);
  return member;
}

static void
walk_leaf (MailWalk *walk, MailObject *object, const char *number)
{
  static const char *const sealed[] = {"pkcs7-mime", "x-pkcs7-mime"};
  static const char *const seals[] = {"pkcs7-signature", "x-pkcs7-signature", "pgp-signature"};
  for (gsize i = 0; i < G_N_ELEMENTS (seals); i++)
    if (is_of_type (object, "application", seals[i]))
      return;
  for (gsize i = 0; i < G_N_ELEMENTS (sealed); i++)
    if (is_of_type (object, "application", sealed[i])) {
      add_fault (walk, number, CHECKSHEET_ERROR_NEEDS_PASSWORD,
                 _ ("is sealed (S/MIME); open it in the mail program and save what is in it"));
      return;
    }
  add_part (walk, object, number);
}

/* A mail in the mail is read as one by itself. */
static void
walk_message (MailWalk *walk, MailObject *object, const char *number)
{
  GMimeMessage *message = g_mime_message_part_get_message (GMIME_MESSAGE_PART (object));
  if (!message)
    return;
  g_autofree char *text = g_mime_object_to_string (GMIME_OBJECT (message), NULL);
  const char *subject = g_mime_message_get_subject (message);
  g_autofree char *name = g_strconcat (subject && *subject ? subject : number, ".eml", NULL);
  g_strdelimit (name, "/\\", '-');
  walk->bytes += strlen (text);
  Member *member = members_add (walk->members, walk->source, name, g_bytes_new (text, strlen (text)));
  member->source->media_type = "message/rfc822";
  member->alternative = walk->alternative;
}

static void
walk_parts (MailWalk *walk, GMimeMultipart *multipart, const char *number)
{
  int count = MIN (g_mime_multipart_get_count (multipart), WRAPPING_MEMBERS_LIMIT);
  for (int i = 0; i < count; i++) {
    g_autofree char *inner = g_strdup_printf ("%s%s%d", number, *number ? "." : "", i + 1);
    walk_part (walk, g_mime_multipart_get_part (multipart, i), inner);
  }
}

/* The last of the alternatives is the richest (RFC 2046, 5.1.4). */
static void
walk_alternatives (MailWalk *walk, GMimeMultipart *multipart, const char *number)
{
  int before = walk->alternative;
  if (before == 0)
    walk->alternative = ++walk->alternatives;
  for (int i = MIN (g_mime_multipart_get_count (multipart), WRAPPING_MEMBERS_LIMIT) - 1; i >= 0; i--) {
    g_autofree char *inner = g_strdup_printf ("%s%s%d", number, *number ? "." : "", i + 1);
    walk_part (walk, g_mime_multipart_get_part (multipart, i), inner);
  }
  walk->alternative = before;
}

/* Makes OBJECT known to PAGE by its addresses. */
static void
relate (MailWalk *walk, Source *page, MailObject *object)
{
  const char *id = g_mime_object_get_content_id (object);
  g_autofree char *address = address_of (object), *whole = NULL, *by_id = id ? g_strconcat ("cid:", id, NULL) : NULL;
  if (address && page->address)
    whole = g_uri_resolve_relative (page->address, address, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *names[] = {by_id, whole ? whole : address};
  GBytes *bytes = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (!names[i])
      continue;
    if (!bytes)
      walk->bytes += g_bytes_get_size (bytes = bytes_of_part (GMIME_PART (object)));
    Source *source = source_new_member (page, address ? address : names[i], g_bytes_ref (bytes));
    source->address = g_strdup (names[1] ? names[1] : page->address);
    g_free (source->member);
    source->member = g_strdup (address ? address : names[i]);
    declare_type (source, object, FALSE);
    related_take (page->related, names[i], source);
  }
  if (bytes)
    g_bytes_unref (bytes);
}

/* The page itself: the part that "start" names, or else the first (RFC 2387, 3.2). */
static int
root_of (GMimeMultipart *multipart, int count)
{
  const char *start = parameter_of (GMIME_OBJECT (multipart), "start");
  for (int i = 0; start && i < count; i++) {
    const char *id = g_mime_object_get_content_id (g_mime_multipart_get_part (multipart, i));
    gsize bracket = *start == '<';
    if (id && strlen (start) == strlen (id) + 2 * bracket && !strncmp (start + bracket, id, strlen (id)))
      return i;
  }
  return 0;
}

/* Whether a part is only for the page: the others, such as a sheet that a mail program put there, are attachments. */
static gboolean
is_for_page (MailObject *object)
{
  return GMIME_IS_PART (object) && (is_of_type (object, "text", "*") || is_of_type (object, "image", "*") ||
                                    is_of_type (object, "application", "xhtml+xml"));
}

static void
walk_related (MailWalk *walk, GMimeMultipart *multipart, const char *number)
{
  int count = MIN (g_mime_multipart_get_count (multipart), WRAPPING_MEMBERS_LIMIT);
  int root = count > 0 ? root_of (multipart, count) : 0;
  guint before = walk->members->len;
  for (int i = 0; i < count; i++) {
    g_autofree char *inner = g_strdup_printf ("%s%s%d", number, *number ? "." : "", i + 1);
    MailObject *object = g_mime_multipart_get_part (multipart, i);
    if (i == root || !is_for_page (object))
      walk_part (walk, object, inner);
  }
  for (guint i = before; i < walk->members->len; i++) {
    Source *page = ((Member *)walk->members->pdata[i])->source;
    if (!page || !g_str_equal (page->media_type, "text/html"))
      continue;
    page->related = related_new ();
    for (int j = 0; j < count && walk->bytes <= walk->source->limits.unpacked; j++)
      if (j != root && is_for_page (g_mime_multipart_get_part (multipart, j)) &&
          !is_of_type (g_mime_multipart_get_part (multipart, j), "image", "*"))
        relate (walk, page, g_mime_multipart_get_part (multipart, j));
  }
}

static void
walk_multipart (MailWalk *walk, GMimeMultipart *multipart, const char *number)
{
  MailObject *object = GMIME_OBJECT (multipart);
  if (is_of_type (object, "multipart", "encrypted"))
    add_fault (walk, *number ? number : "1", CHECKSHEET_ERROR_NEEDS_PASSWORD,
               _ ("is encrypted; open it in the mail program and save what is in it"));
  else if (is_of_type (object, "multipart", "alternative"))
    walk_alternatives (walk, multipart, number);
  else if (is_of_type (object, "multipart", "related"))
    walk_related (walk, multipart, number);
  else
    walk_parts (walk, multipart, number);
}

static void
walk_part (MailWalk *walk, MailObject *object, const char *number)
{
  if (walk->parts++ > WRAPPING_MEMBERS_LIMIT || walk->bytes > walk->source->limits.unpacked)
    return;
  if (walk->depth >= MULTIPART_DEPTH_LIMIT) {
    add_fault (walk, number, CHECKSHEET_ERROR_LIMIT_SIZE,
               _ ("is a part of a mail that is nested too deeply; save the attachment with the sheet and give that"));
    return;
  }
  walk->depth++;
  if (GMIME_IS_MULTIPART (object))
    walk_multipart (walk, GMIME_MULTIPART (object), number);
  else if (GMIME_IS_MESSAGE_PART (object))
    walk_message (walk, object, number);
  else if (GMIME_IS_PART (object))
    walk_leaf (walk, object, *number ? number : "1");
  walk->depth--;
}

static void
walk_mail (MailWalk *walk, GMimeMessage *message, const char *number)
{
  MailObject *body = g_mime_message_get_mime_part (message);
  g_autofree char *address = address_of (GMIME_OBJECT (message));
  const char *snapshot = header_of (GMIME_OBJECT (message), "Snapshot-Content-Location");
  walk->address = address ? address : snapshot;
  if (body)
    walk_part (walk, body, number);
  walk->address = NULL;
}

/* Bytes of other encodings in heads, without the mark that names one, are a Japanese mail program's. */
static GMimeParserOptions *
parser_options (void)
{
  static const char *const charsets[] = {"utf-8", "cp932", NULL};
  GMimeParserOptions *options = g_mime_parser_options_new ();
  g_mime_parser_options_set_fallback_charsets (options, (const char **)charsets);
  return options;
}

/* The mails of a mailbox, or the one that the source is. */
static void
walk_mails (MailWalk *walk, MailParser *parser)
{
  GMimeParserOptions *options = parser_options ();
  gboolean mailbox = g_str_equal (walk->source->media_type, "application/mbox");
  for (int i = 1; i == 1 || (mailbox && i <= WRAPPING_MEMBERS_LIMIT && !g_mime_parser_eos (parser)); i++) {
    GMimeMessage *message = g_mime_parser_construct_message (parser, options);
    if (!message)
      break;
    g_autofree char *number = mailbox ? g_strdup_printf ("%d", i) : g_strdup ("");
    walk_mail (walk, message, number);
    g_object_unref (message);
  }
  g_mime_parser_options_free (options);
}

/* Once, while the module is opened, where no other thread can be in it: g_mime_init itself is not made for threads. */
__attribute__ ((constructor)) static void
begin_gmime (void)
{
  g_mime_init ();
}

MODULE_ENTRY GPtrArray *
members_from_mail (const Source *source, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (source->bytes, &size);
  g_autoptr (MailStream) stream = g_mime_stream_mem_new_with_buffer (data, size);
  g_autoptr (MailParser) parser = g_mime_parser_new_with_stream (stream);
  if (g_str_equal (source->media_type, "application/mbox"))
    g_mime_parser_set_format (parser, GMIME_FORMAT_MBOX);
  g_autoptr (GPtrArray) members = members_new ();
  MailWalk walk = {.source = source, .members = members};
  walk_mails (&walk, parser);
  if (walk.bytes > source->limits.unpacked) {
    fail_unpacked (source, error);
    return NULL;
  }
  if (walk.parts > WRAPPING_MEMBERS_LIMIT) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a mail of more than %d parts, the limit is %d; save the attachment with the sheet and give that"),
                 WRAPPING_MEMBERS_LIMIT, WRAPPING_MEMBERS_LIMIT);
    return NULL;
  }
  return g_steal_pointer (&members);
}
