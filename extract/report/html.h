/* html.h - HTML as text, in which nothing of a document can become markup.
 *
 * Names of elements and attributes are the program's own words; texts and the values of attributes may come from
 * anywhere: the characters with a meaning in HTML are escaped, what is not UTF-8 and control characters become U+FFFD.
 *
 *     html_leaf (html, "td", text, "class", "yes", NULL)   →   <td class="yes">a &lt; b</td>
 */
#pragma once

#include <glib.h>

/* A start tag; pairs of the name and value of an attribute follow, ended by NULL. An attribute whose value is NULL is
 * left out. */
void html_open (GString *html, const char *tag, ...) G_GNUC_NULL_TERMINATED;

void html_close (GString *html, const char *tag);

/* TEXT as text; NULL: nothing. */
void html_text (GString *html, const char *text);

/* An element with nothing but TEXT in it (NULL: nothing), with attributes as above. */
void html_leaf (GString *html, const char *tag, const char *text, ...) G_GNUC_NULL_TERMINATED;

/* A number with at most two decimals, for coordinates: the same in every locale. */
void html_number (GString *html, double number);

/* ` name="12.5"`, to be put into a tag before its end; the next are for SVG. */
void html_number_attribute (GString *html, const char *name, double number);

/* The value of `lang` for TEXT in a page in LANGUAGE: "ja" where it has kana or ideographs and the page is in another
 * language; NULL: it needs none. Static. */
const char *html_language_of (const char *text, const char *language);

/* TEXT if a browser may go there: an address of http or https, or a mail address made into a mailto link. NULL: it is
 * shown as text only. The caller frees. */
char *html_link_target (const char *text);
