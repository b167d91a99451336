/* style.c - made-up style sheets over a page with a table: the parser of CSS, its selectors, the cascade. Up to the first
 * NUL it is a sheet, what follows a style attribute. */
#include "target.h"

#include <string.h>

static const char body[] =
    "</style><body class='a b'><h1 id=h>x</h1><div class=c hidden><p class='d e' title='f g'>1<del>2</del></p></div>"
    "<table class=t><tr class=odd><td>a</td><td lang=ja>b<span class=sp>c</span></td></tr><tr><td colspan=2>";

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const uint8_t *end = memchr (data, 0, size);
  size_t sheet = end ? (size_t)(end - data) : size;
  g_autoptr (GString) page = g_string_new ("<!DOCTYPE html><meta charset=utf-8><style>");
  g_string_append_len (page, (const char *)data, (gssize)sheet);
  g_string_append (page, body);
  if (end) {
    g_string_append (page, "<i style=\"");
    g_string_append_len (page, (const char *)end + 1, (gssize)(size - sheet - 1));
    g_string_append (page, "\">d</i>");
  }
  g_autoptr (GPtrArray) pages G_GNUC_UNUSED =
      read_only (pages_from_html, "text/html", (const uint8_t *)page->str, page->len);
  return 0;
}
