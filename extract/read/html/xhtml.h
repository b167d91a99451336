/* xhtml.h - XHTML as the HTML that says the same, since a page is parsed as HTML (html_tree.h).
 *
 *     <td/>                        <td></td>           in HTML the slash would count for nothing
 *     <![CDATA[ a < b ]]>          a &lt; b            … would be a comment
 *     <h:table>                    <table>             where h is the prefix of XHTML's namespace
 *     <!ENTITY v "株式会社…"> &v;  株式会社…           entities of the document's own
 *
 * Line ends stay where they are. What is wrong in the XML is read as HTML does.
 */
#pragma once

#include <glib.h>

/* NULL where TEXT (UTF-8) is not XHTML: it neither begins with an XML declaration nor names XHTML's namespace. The
 * caller frees. */
char *html_from_xhtml (const char *text);
