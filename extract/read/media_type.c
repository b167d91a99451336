/* media_type.c - see media_type.h */
#include "read/media_type.h"

#include "read/container.h"
#include "read/text_kind.h"

#include <glib/gi18n.h>
#include <string.h>

#define BYTES(text) text, sizeof text - 1

typedef struct {
  const char *bytes;
  gsize length;
  gsize within; /* the bytes may begin at any offset up to this one */
  const char *media_type;
  const char *name;
} Signature;

static const Signature signatures[] = {
    {BYTES ("\x89PNG\r\n\x1a\n"), 0, "image/png", N_ ("a PNG picture")},
    {BYTES ("\xff\xd8\xff"), 0, "image/jpeg", N_ ("a JPEG picture")},
    {BYTES ("GIF8"), 0, "image/gif", N_ ("a GIF picture")},
    {BYTES ("II*\0"), 0, "image/tiff", N_ ("a TIFF picture")},
    {BYTES ("MM\0*"), 0, "image/tiff", N_ ("a TIFF picture")},
    {BYTES ("PK\x03\x04"), 0, "application/zip", N_ ("a ZIP archive")},
    {BYTES ("PK\x05\x06"), 0, "application/zip", N_ ("a ZIP archive")}, /* an empty one */
    {BYTES ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 0, "application/x-ole-storage", N_ ("an old Office document")},
    {BYTES ("\x1f\x8b"), 0, "application/gzip", N_ ("a gzip archive")},
    {BYTES ("7z\xbc\xaf\x27\x1c"), 0, "application/x-7z-compressed", N_ ("a 7-Zip archive")},
    {BYTES ("Rar!\x1a\x07"), 0, "application/vnd.rar", N_ ("a RAR archive")},
    {BYTES ("BZh"), 0, "application/x-bzip2", N_ ("a bzip2 archive")},
    {BYTES ("\xfd"
            "7zXZ"),
     0, "application/x-xz", N_ ("an xz archive")},
    {BYTES ("MSCF"), 0, "application/vnd.ms-cab-compressed", N_ ("a Cabinet archive")},
    {BYTES ("\x78\x9f\x3e\x22"), 0, "application/vnd.ms-tnef", N_ ("a part of a mail of Outlook (winmail.dat)")},
    {BYTES ("bplist00"), 0, "application/x-webarchive", N_ ("a web archive of Safari, or another property list")},
    {BYTES ("%!PS"), 0, "application/postscript", N_ ("a PostScript document")},
    {BYTES ("{\\rtf"), 0, "application/rtf", N_ ("an RTF document")},
    {BYTES ("\x7f"
            "ELF"),
     0, "application/x-executable", N_ ("a program")},
    /* The last: an archive may begin with a PDF that is only stored in it. */
    {BYTES ("%PDF-"), 1024, "application/pdf", N_ ("a PDF document")},
};

/* Formats that are containers with certain entries; the first that matches. */
typedef struct {
  const char *container; /* its media type */
  gboolean (*has_entry) (GBytes *bytes, const char *name);
  const char *first, *second; /* both must be there */
  const char *media_type;
  const char *name;
} ContainedFormat;

/* Kinds of text (text_kind.h) that are not plain. */
static const struct {
  const char *media_type, *name;
} text_names[] = {
    {"application/json", N_ ("JSON")},
    {"application/x-ndjson", N_ ("JSON, one object a line")},
    {"application/xml", N_ ("XML of an unknown kind")},
    {"image/svg+xml", N_ ("an SVG picture")},
    {"application/vnd.ms-word.xml", N_ ("a text document as XML (Word 2003)")},
    {"application/vnd.adobe.xdp+xml", N_ ("a form of Adobe's (XDP)")},
    {"application/yaml", N_ ("YAML")},
    {"text/x-log", N_ ("a log")},
    {"text/x-ini", N_ ("a file of settings")},
    {"text/x-source-code", N_ ("source code")},
    {"application/x-tar", N_ ("a tar archive")},
};
/* NAME: an entry, or the kind of document that the first entry says. */
static gboolean
is_opendocument (GBytes *bytes, const char *name)
{
  g_autofree char *type = g_strconcat ("application/vnd.oasis.opendocument.", name, NULL);
  return zip_has_entry (bytes, name) || zip_begins_with (bytes, "mimetype", type);
}

#define OPEN_PACKAGE "application/zip", zip_has_entry, "[Content_Types].xml" /* ECMA-376 part 2, 10.1.2 */
#define OFFICE_FORMAT "application/vnd.openxmlformats-officedocument."
#define OLE_FILE "application/x-ole-storage", ole_has_entry

static const ContainedFormat contained_formats[] = {
    {OPEN_PACKAGE, "xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12",
     N_ ("a binary workbook (.xlsb)")},
    {OPEN_PACKAGE, "xl/workbook", OFFICE_FORMAT "spreadsheetml.sheet", N_ ("a workbook (.xlsx)")},
    {OPEN_PACKAGE, "word/", OFFICE_FORMAT "wordprocessingml.document", N_ ("a text document (.docx)")},
    {OPEN_PACKAGE, "ppt/", OFFICE_FORMAT "presentationml.presentation", N_ ("a presentation (.pptx)")},
    {"application/zip", is_opendocument, "content.xml", "text", "application/vnd.oasis.opendocument.text",
     N_ ("a text document (.odt)")},
    {"application/zip", is_opendocument, "content.xml", "spreadsheet", "application/vnd.oasis.opendocument.spreadsheet",
     N_ ("a workbook (.ods)")},
    {"application/zip", zip_has_entry, "mimetype", "content.xml", "application/vnd.oasis.opendocument",
     N_ ("an OpenDocument file")},
    {OLE_FILE, "EncryptedPackage", "EncryptionInfo", "application/x-encrypted-office",
     N_ ("an encrypted Office document")}, /* [MS-OFFCRYPTO], 1.3.2 */
    {OLE_FILE, "__properties_version1.0", "__properties_version1.0", "application/vnd.ms-outlook",
     N_ ("a mail of Outlook (.msg)")}, /* [MS-OXMSG], 2.4 */
    {OLE_FILE, "Workbook", "Workbook", "application/vnd.ms-excel", N_ ("an old workbook (.xls)")},
    {OLE_FILE, "Book", "Book", "application/vnd.ms-excel", N_ ("an old workbook (.xls)")},
    {OLE_FILE, "PowerPoint Document", "PowerPoint Document", "application/vnd.ms-powerpoint",
     N_ ("an old presentation (.ppt)")},
    {OLE_FILE, "WordDocument", "WordDocument", "application/msword", N_ ("an old text document (.doc)")},
};

static const char *const byte_order_marks[] = {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"};

/* Tags that a page may begin with: those of WHATWG MIME Sniffing 7.1, and a few more for saved parts of pages. */
static const char *const html_beginnings[] = {
    "<!doctype html", "<html",  "<head",    "<body",    "<script", "<iframe", "<h1", "<h2",     "<h3",     "<div",
    "<font",          "<table", "<a",       "<style",   "<title",  "<b",      "<br", "<p",      "<!--",    "<meta",
    "<link",          "<main",  "<section", "<article", "<dl",     "<ul",     "<ol", "<center", "<header", "<nav",
};

/* The first characters, in lower case, without leading white space and NUL bytes: UTF-16 then reads as ASCII. */
static char *
beginning_of (const guint8 *data, gsize size)
{
  GString *text = g_string_new (NULL);
  gsize start = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (byte_order_marks); i++)
    if (size >= strlen (byte_order_marks[i]) && !memcmp (data, byte_order_marks[i], strlen (byte_order_marks[i])))
      start = strlen (byte_order_marks[i]);
  for (gsize i = start; i < MIN (size, 4096); i++)
    if (data[i] != 0 && (text->len > 0 || !g_ascii_isspace (data[i])))
      g_string_append_c (text, g_ascii_tolower (data[i]));
  return g_string_free (text, FALSE);
}

static gboolean
is_html (const guint8 *data, gsize size)
{
  g_autofree char *beginning = beginning_of (data, size);
  char *text = beginning;
  if (g_str_has_prefix (text, "<?xml"))
    return strstr (text, "<html") != NULL || strstr (text, "xmlns=\"http://www.w3.org/1999/xhtml") != NULL ||
           strstr (text, ":html ") != NULL || strstr (text, ":html>") != NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (html_beginnings); i++) {
    gsize length = strlen (html_beginnings[i]);
    if (g_str_has_prefix (text, html_beginnings[i]) && (text[length] == 0 || !g_ascii_isalnum (text[length])))
      return TRUE;
  }
  return FALSE;
}

/* Text has almost no control characters but line ends, tabs, form feeds and the escapes of ISO-2022-JP. NUL bytes occur
 * in UTF-16 only, at every other offset. */
static gboolean
is_text (const guint8 *data, gsize size)
{
  gsize checked = MIN (size, 4096), zero = 0, control = 0;
  for (gsize i = 0; i < checked; i++) {
    zero += data[i] == 0;
    control += data[i] != 0 && data[i] < 0x20 && !strchr ("\t\n\v\f\r\x1b\x0e\x0f", data[i]);
  }
  gboolean marked = size >= 2 && ((data[0] == 0xff && data[1] == 0xfe) || (data[0] == 0xfe && data[1] == 0xff));
  if (zero > 0 && !marked)
    return zero * 8 > checked && zero * 2 <= checked + 1 && control == 0;
  return marked || control * 200 <= checked;
}

static gboolean
signature_matches (const Signature *signature, const guint8 *data, gsize size)
{
  for (gsize start = 0; start <= signature->within && start + signature->length <= size; start++)
    if (!memcmp (data + start, signature->bytes, signature->length))
      return TRUE;
  return FALSE;
}

static const char *
media_type_in_container (GBytes *bytes, const char *container)
{
  for (gsize i = 0; i < G_N_ELEMENTS (contained_formats); i++) {
    const ContainedFormat *format = &contained_formats[i];
    if (!strcmp (format->container, container) && format->has_entry (bytes, format->first) &&
        format->has_entry (bytes, format->second))
      return format->media_type;
  }
  return container;
}

const char *
media_type_of_bytes (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (signature_matches (&signatures[i], data, size))
      return media_type_in_container (bytes, signatures[i].media_type);
  if (size > 262 && !memcmp (data + 257, "ustar", 5)) /* POSIX.1, pax, ustar Interchange Format */
    return "application/x-tar";
  if (is_html (data, size))
    return "text/html";
  if (!is_text (data, size))
    return "application/octet-stream";
  const char *kind = text_kind_of_bytes (data, size);
  return kind ? kind : "text/plain";
}

const char *
media_type_for_people (const char *media_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (!strcmp (signatures[i].media_type, media_type))
      return _ (signatures[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (contained_formats); i++)
    if (!strcmp (contained_formats[i].media_type, media_type))
      return _ (contained_formats[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (text_names); i++)
    if (!strcmp (text_names[i].media_type, media_type))
      return _ (text_names[i].name);
  return _ ("of an unknown type");
}
