/* frame.h - what the frames of a page show: <iframe srcdoc="…">, or a page that came with it (a part of a saved page, a
 * file beside it in an archive).
 *
 *     <iframe srcdoc="&lt;table&gt;…">      the attribute is a page, whose lines are those of the attribute
 *     <iframe src="cid:frame-2@mhtml.blink">  the part of the saved page with that address
 *     <iframe src="https://…">                is elsewhere: a note says so
 *     <frame src="sheet001.htm">              of Excel's export; its script lists the worksheets, of which one is shown
 */
#pragma once

#include "model/note.h"
#include "read/html/html_node.h"
#include "read/source.h"

typedef struct {
  char *text;         /* of the page in it, UTF-8 */
  int line;           /* how many lines of the page around come before it */
  const char *member; /* interned: what the lines are of; NULL: of the page around */
  const Source *page; /* whose addresses count; borrowed */
} HtmlFrame;

/* Fills in *FRAME, to be cleared by the caller, with what the frame NODE of the page PAGE shows; SOURCE is the document.
 * FALSE: nothing that is here; a note says where it is. */
gboolean frame_open (HtmlFrame *frame, const Source *source, const Source *page, const GumboNode *node,
                     GPtrArray *notes);
/* The same for the page at ADDRESS, which the place PLACE names. */
gboolean frame_open_address (HtmlFrame *frame, const Source *source, const Source *page, const char *address,
                             Place place, GPtrArray *notes);

/* The addresses (char *) of the worksheets of a workbook that Excel saved as a page, the frame FRAMESET of which shows only
 * one of them; empty where it is another page. The caller frees. */
GPtrArray *frame_worksheets (const GumboNode *frameset);

void frame_clear (HtmlFrame *frame);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HtmlFrame, frame_clear)

/* The data of frame_style_text, all of it borrowed. */
typedef struct {
  const Source *source, *page;
} FrameStyles;

/* For LinkedStyles (style.h): the style sheet at HREF, if it came with the page. DATA: FrameStyles. The caller frees. */
char *frame_style_text (const char *href, gconstpointer data);

/* The text of a page, in which HTML's rules hold: of XHTML what it means as HTML (xhtml.h). Adds to NOTES what could not
 * be decoded. The caller frees. */
char *html_text_from_source (const Source *source, GPtrArray *notes);
