/* text_kind.c - see text_kind.h */
#include "read/text_kind.h"

#include <cjson/cJSON.h>
#include <string.h>

#define BEGINNING (64 * 1024) /* bytes that are looked at */
#define LINES_LIMIT 400
#define LINE_BYTES 400 /* of a line */

/* The beginning without NUL bytes, so that UTF-16 reads as ASCII, and without a byte order mark. */
static char *
beginning_of (const guint8 *data, gsize size)
{
  static const char *const marks[] = {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"};
  GString *text = g_string_new (NULL);
  gsize start = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (size >= strlen (marks[i]) && !memcmp (data, marks[i], strlen (marks[i])))
      start = strlen (marks[i]);
  for (gsize i = start; i < MIN (size, BEGINNING); i++)
    if (data[i])
      g_string_append_c (text, (char)data[i]);
  return g_string_free (text, FALSE);
}

static const char *
after_space (const char *text)
{
  return text + strspn (text, " \t\r\n");
}

/* JSON */

static gboolean
is_valid_json (const guint8 *data, gsize size)
{
  cJSON *tree = cJSON_ParseWithLength ((const char *)data, size);
  cJSON_Delete (tree);
  return tree != NULL;
}

/* Whether a line after the first begins an object too, after a first one that ends in its line. */
static gboolean
has_more_objects (const char *text)
{
  const char *end = strchr (text, '\n');
  const char *next = end ? after_space (end) : "";
  gsize last = end ? (gsize)(end - text) : 0;
  while (last > 0 && g_ascii_isspace (text[last - 1]))
    last--;
  return last > 0 && text[last - 1] == '}' && *next == '{';
}

static const char *
json_kind (const char *text, const guint8 *data, gsize size)
{
  const char *at = after_space (text), *inner = *at ? after_space (at + 1) : at;
  if (*at == '{' && (*inner == '"' || *inner == '}'))
    return has_more_objects (at) ? "application/x-ndjson" : "application/json";
  /* "[1] サービス時間" begins a text */
  return *at == '[' && is_valid_json (data, size) ? "application/json" : NULL;
}

/* XML */

static const struct {
  const char *words; /* in the beginning, in lower case */
  const char *media_type;
} xml_kinds[] = {
    {"progid=\"excel.sheet\"", "application/vnd.ms-excel.xml"},
    {"urn:schemas-microsoft-com:office:spreadsheet", "application/vnd.ms-excel.xml"},
    {"progid=\"word.document\"", "application/vnd.ms-word.xml"},
    {"schemas.microsoft.com/office/word", "application/vnd.ms-word.xml"},
    {"schemas.microsoft.com/office/2006/xmlpackage", "application/vnd.ms-word.xml"},
    {"office:document", "application/vnd.oasis.opendocument"},
    {"ns.adobe.com/xdp", "application/vnd.adobe.xdp+xml"},
    {"www.w3.org/2000/svg", "image/svg+xml"},
};

static const char *
xml_kind (const char *text)
{
  const char *at = after_space (text);
  g_autofree char *head = g_ascii_strdown (at, (gssize)MIN (strlen (at), 4096));
  gboolean declared = g_str_has_prefix (head, "<?xml") || g_str_has_prefix (head, "<?mso");
  char *tag_end = strchr (head, '>');
  if (!declared && (*head != '<' || !g_ascii_isalpha (head[1]) || !tag_end))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (xml_kinds); i++)
    if (strstr (head, xml_kinds[i].words))
      return xml_kinds[i].media_type;
  if (tag_end)
    *tag_end = '\0';
  return declared || strstr (head, " xmlns") ? "application/xml" : NULL;
}

/* Mail */

static gboolean
is_named (const char *line, const char *name)
{
  gsize length = strlen (name);
  return !g_ascii_strncasecmp (line, name, length) && line[length] == ':';
}

/* Whether LINE is "Name: …": RFC 5322, 2.2. */
static gboolean
is_header (const char *line)
{
  gsize length = strcspn (line, ": \t\r\n");
  return length > 0 && line[length] == ':' && g_ascii_isalpha (*line);
}

/* A mail's head has a line that only a mail program writes: a text that begins "Subject:" may be a copied mail. */
static gboolean
is_mail_head (const char *line)
{
  static const char *const marks[] = {"MIME-Version", "Content-Type", "Message-ID",
                                      "Received",     "Return-Path",  "DKIM-Signature"};
  for (gboolean marked = FALSE;;) {
    if (*line == '\r' || *line == '\n' || !*line)
      return marked;
    if (!is_header (line) && *line != ' ' && *line != '\t')
      return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
      marked |= is_named (line, marks[i]);
    const char *end = strchr (line, '\n');
    if (!end)
      return FALSE;
    line = end + 1;
  }
}

static const char *
mail_kind (const char *text)
{
  const char *at = after_space (text), *line = strchr (at, '\n');
  if (g_str_has_prefix (at, "From ") && line && is_mail_head (line + 1))
    return "application/mbox";
  return is_header (at) && is_mail_head (at) ? "message/rfc822" : NULL;
}

/* Lines */

typedef struct {
  const char *media_type;
  const char *any;    /* lines like these are of the kind */
  const char *strong; /* and some of them must be like these */
  int least;          /* so many lines */
  double any_share, strong_share;
} LineKind;

/* Measured on 63 text sheets, of which none is any of these, and on 422 files of C and Python, of which 326 are code; the others
 * are mostly comments. */
static const LineKind line_kinds[] = {
    {"text/x-log",
     "^\\W{0,2}\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d|^\\W?\\w{3} +\\d+ \\d\\d:\\d\\d:\\d\\d|^[\\d.:a-f]+ \\S+ "
     "\\S+ \\[|"
     "^\\[?\\d\\d:\\d\\d:\\d\\d|^\\[?(INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL)\\b|^\\s+at \\S+|^\\W?\\d{10}[.\\d]* ",
     "\\d\\d:\\d\\d:\\d\\d|^\\[?(INFO|WARN|ERROR|DEBUG)", 5, .6, .5},
    {"application/yaml", "^---|^\\.\\.\\.\\s*$|^%YAML|^\\s*#|^\\s*(- +)*[\\w./-]+:(\\s|$)|^\\s*- ",
     "^ +(- +)?[a-z][\\w./-]*:(\\s|$)", 4, .85, .3},
    {"text/x-ini", "^\\[[\\w. :/\"-]+\\]\\s*$|^[\\w.-]+ *= *|^\\s*[#;]", "^[a-z_][\\w.-]* *= *", 4, .9, .5},
    {"text/x-source-code",
     "^\\s*(#\\s*(include|define|if|endif)|#!|import\\b|from \\S+ import|package |using |namespace |def |class "
     "|function\\b|"
     "public |private |protected |static |const |let |var |return\\b|if\\b|for\\b|while\\b|else\\b|elif "
     "|try\\b|except\\b|struct "
     "|enum |typedef |SELECT |INSERT |CREATE |UPDATE |DROP |ALTER |VALUES|echo |export |fn |func "
     "|fi$|done$|end$|@\\w+)|"
     "^\\s*(//|/\\*|\\*/|\\*\\s|#\\s)|^[^;]*[;{]\\s*$|^\\s*[\\])}]+[;,)]*\\s*$|[\\])}],\\s*$|"
     "^\\s*[\\w.$\\[\\]\"'>-]+ *([-+:|]?=|=>|:) *[\\[{(\"'\\w$]|"
     "^\\s*\\{? *(\"[^\"]{1,200}\"|'[^']{1,200}'|[a-z_]\\w*) *(:|=>) *[\"'\\[{\\d].*[\"'\\]})\\d] *\\}?,\\s*$",
     "^\\s*(#include|#define|#!/|import [\\w{*\"'.]|from \\S+ import|def \\w+\\(|class "
     "\\w+|function\\b|return\\b|const \\w|let \\w|"
     "var \\w|public |private |static |INSERT INTO|CREATE TABLE|SELECT )|^[^;]*[;{]\\s*$|^\\s*[}\\])]+[;,)]*\\s*$|"
     "^\\s*\\{? *(\"[^\"]{1,200}\"|'[^']{1,200}'|[a-z_]\\w*) *(:|=>) *[\"'\\[{\\d].*[\"'\\]})\\d] *\\}?,\\s*$",
     5, .7, .25},
};

static const char *const code_beginnings[] = {"<?php", "#!/", "#include <", "#include \"", "\\documentclass", "diff --git ", "%!TEX"};

typedef struct {
  int lines, any, strong;
} LineCount;

static LineCount
count_lines (const LineKind *kind, const char *text)
{
  LineCount count = {0};
  GRegexCompileFlags raw = G_REGEX_RAW | G_REGEX_OPTIMIZE;
  g_autoptr (GRegex) any = g_regex_new (kind->any, raw, 0, NULL);
  g_autoptr (GRegex) strong = g_regex_new (kind->strong, raw, 0, NULL);
  while (*text && count.lines < LINES_LIMIT) {
    gsize length = strcspn (text, "\r\n");
    gsize shown = MIN (length, LINE_BYTES);
    if (strspn (text, " \t") < length) {
      count.lines++;
      gboolean found = g_regex_match_full (any, text, (gssize)shown, 0, 0, NULL, NULL);
      count.any += found;
      count.strong += found && g_regex_match_full (strong, text, (gssize)shown, 0, 0, NULL, NULL);
    }
    text += length + (text[length] != '\0');
  }
  return count;
}

static const char *
line_kind (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (code_beginnings); i++)
    if (g_str_has_prefix (text, code_beginnings[i]))
      return "text/x-source-code";
  for (gsize i = 0; i < G_N_ELEMENTS (line_kinds); i++) {
    LineCount count = count_lines (&line_kinds[i], text);
    if (count.lines >= line_kinds[i].least && count.any >= line_kinds[i].any_share * count.lines &&
        count.strong >= line_kinds[i].strong_share * count.lines)
      return line_kinds[i].media_type;
  }
  return NULL;
}

const char *
text_kind_of_bytes (const guint8 *data, gsize size)
{
  g_autofree char *text = beginning_of (data, size);
  const char *kind = json_kind (text, data, size);
  if (!kind)
    kind = xml_kind (text);
  if (!kind)
    kind = mail_kind (text);
  return kind ? kind : line_kind (text);
}
