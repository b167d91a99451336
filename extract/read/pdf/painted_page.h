/* painted_page.h - what is painted on the pages of a PDF, in paint order: one pass over each page's content.
 *
 *     content, annotations ──► painted_page.cc ──► glyphs   which character, where, how set, in which colour
 *                              (an OutputDev of     paths    stroked or filled, with their segments
 *                               libpoppler)         images   where
 *
 * Everything is in points (1/72 inch) from the top left corner of the page as it is shown (its crop box, after /Rotate),
 * y downwards. What was painted later covers what was painted before: `order` counts all three kinds together.
 *
 * Nothing is judged here: text that cannot be seen, lines under a fill and watermarks are all in the lists
 * (visible.h and overlay.h tell them). No font file is opened: a glyph is its character and its advance.
 *
 * libpoppler's own C++ interface has no promise from one version to the next, so all of it is in painted_page.cc;
 * meson.build names the versions known to work.
 */
#pragma once

#include "model/place.h"

G_BEGIN_DECLS

/* No mark, no annotation. */
#define PAINTED_NONE (-1)

/* How a glyph or path is part of the page (ISO 32000-1, 14.8.2.2): content, or an artifact. */
typedef enum {
  ARTIFACT_NONE,
  ARTIFACT_OTHER,     /* an artifact without a type, or of type Layout, Page or Background */
  ARTIFACT_HEADER,    /* /Type /Pagination /Subtype /Header */
  ARTIFACT_FOOTER,    /* /Type /Pagination /Subtype /Footer */
  ARTIFACT_WATERMARK, /* /Subtype /Watermark, or /Type /Watermark */
} ArtifactKind;

typedef struct {
  guint8 red, green, blue;
  gboolean known; /* FALSE: a pattern or a shading; the components are 0 */
} PaintedColour;

/* How what is painted is mixed with what is under it (ISO 32000-1, 11.3.5). */
typedef enum {
  BLEND_NORMAL,
  BLEND_DARKENS,  /* Multiply, Darken: white leaves what is under it as it is */
  BLEND_LIGHTENS, /* Screen, Lighten: black does, and nothing is seen on white */
  BLEND_OTHER,    /* any other way, or through a soft mask */
} PaintedBlend;

/* What all three kinds have. */
typedef struct {
  guint order;        /* from 0 */
  Box clip;           /* nothing is painted outside of it; the smallest box of a clip of any shape */
  float opacity;      /* 0 to 1, that of the groups it is in included */
  PaintedBlend blend; /* not BLEND_NORMAL: what is under it may show */
  int annotation;     /* the index of the annotation that draws it (PaintedAnnotation), or PAINTED_NONE */
  int mark;           /* the identifier of the page's marked content (MCID) that it is in, or PAINTED_NONE */
  ArtifactKind artifact;
} PaintedState;

typedef struct {
  PaintedState state;
  gunichar character;              /* by ActualText, else by the font's ToUnicode; 0: the font does not say */
  guint code;                      /* its code in the font */
  Box box;                         /* em box: as wide as its advance, as high as the font's ascent and descent */
  double origin_x, origin_y;       /* where its baseline begins */
  double direction_x, direction_y; /* along the line it is set in, of length 1; (1, 0) where text runs to the right */
  double size;                     /* em, points on the page */
  int font;                        /* index into `fonts` */
  int render_mode;                 /* Tr, 0 to 7 (ISO 32000-1, 9.3.6): 3 and 7 paint nothing. A letter that is a
                                    * clip (7) and has a picture or a shading in it is painted: 0 */
  PaintedColour colour;
  gboolean vertical; /* set in vertical writing (WMode 1): the origin is above its middle */
  gboolean space;    /* white space: it paints nothing, and parts words */
  gboolean flat;     /* squeezed to a line (Tz) */
} PaintedGlyph;

typedef enum { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE } PathPointKind;

typedef struct {
  double x, y;
  PathPointKind kind; /* PATH_CURVE: on a Bézier curve: its end, and where a path has few curves points between too */
} PathPoint;

typedef struct {
  PaintedState state;
  guint first, count; /* of the page's path_points */
  Box box;            /* of all its points, control points included; not clipped */
  gboolean filled;    /* else stroked */
  gboolean even_odd;  /* filled by that rule, else by the winding number */
  double width;       /* of the pen, points; 0: filled */
  PaintedColour colour;
  gboolean shaded; /* filled with a shading that leaves no gap */
} PaintedPath;

typedef struct {
  PaintedState state;
  Box box;
  gboolean mask;        /* a stencil, painted in `colour` */
  Box solid;            /* the part of `box` that covers all that is under it; empty: none is sure to */
  PaintedColour colour; /* of a stencil */
  guint8 *grey;         /* of a small picture (PICTURE_SIDE_LIMIT) as it is shown over white, row by row; else NULL */
  int columns, rows;    /* of `grey` */
} PaintedImage;

/* Of pictures with no longer side than this, points, what they show is kept: they may be marks. */
#define PICTURE_SIDE_LIMIT 48.0

/* What draws itself over the page: form fields, notes, stamps. Links and comments are left out, and draw nothing. Nor do tick boxes and radio buttons, whose state says all; and fields that a viewer sets itself, for want of
 * an appearance or since the document asks for it (NeedAppearances). */
typedef enum {
  ANNOTATION_TEXT_FIELD,
  ANNOTATION_CHOICE_FIELD,
  ANNOTATION_CHECK_BOX,
  ANNOTATION_RADIO_BUTTON,
  ANNOTATION_FREE_TEXT,
  ANNOTATION_STAMP,
  ANNOTATION_STRIKE_OUT,
  ANNOTATION_WATERMARK,
  ANNOTATION_HIDDEN, /* a field or free text that is not shown, and draws nothing */
  ANNOTATION_OTHER,
} AnnotationKind;

typedef struct {
  AnnotationKind kind;
  Box box;
  gboolean checked; /* of check boxes and radio buttons */
  char *value;      /* of text and choice fields, of free text, and of what is hidden; UTF-8; NULL: empty */
} PaintedAnnotation;

typedef struct {
  char *name;       /* "ABCDEF+Wingdings-Regular"; NULL: none */
  int object;       /* the number of its object in the file: the same font on other pages */
  gboolean type3;   /* glyphs are drawings */
  gboolean simple;  /* a code is one byte; else it may be the number of a glyph */
  gboolean unicode; /* it has a ToUnicode map, or a standard encoding */
} PaintedFont;

typedef struct {
  double width, height;
  GArray *glyphs;      /* PaintedGlyph; those of layers that are off (ISO 32000-1, 8.11) last, with an empty clip */
  GArray *paths;       /* PaintedPath */
  GArray *path_points; /* PathPoint */
  GArray *images;      /* PaintedImage */
  GArray *annotations; /* PaintedAnnotation */
  GArray *fonts;       /* PaintedFont */
  gboolean cut;        /* so much is painted that the rest was left out: one of the limits below */
} PaintedPage;

/* More glyphs, path points or images than this are not kept. */
#define PAINTED_OBJECTS_LIMIT 4000000
/* Nor is a page read on with so many marked contents in each other: with each that begins or ends, libpoppler asks all that
 * it is in whether they are shown. Programs write a few; one that forgets to end them, as many as it has words. */
#define MARKED_CONTENT_DEPTH_LIMIT 10000

void painted_page_free (PaintedPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaintedPage, painted_page_free)

typedef struct PaintedDocument PaintedDocument;

typedef enum { PAINTED_OPEN, PAINTED_ENCRYPTED, PAINTED_DAMAGED } PaintedOpening;

/* Opens the PDF in BYTES, which are kept. PASSWORD: NULL for none. NULL with *OPENING set: it cannot be opened. What
 * libpoppler has to say of it is not printed. */
PaintedDocument *painted_document_new (GBytes *bytes, const char *password, PaintedOpening *opening);
void painted_document_free (PaintedDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaintedDocument, painted_document_free)

int painted_document_pages (const PaintedDocument *document);

/* The page with index INDEX, from 0; NULL: there is none. The caller frees. */
PaintedPage *painted_page_new (PaintedDocument *document, int index);

/* A path in a picture of some paths. */
typedef struct {
  guint path;   /* index into the page's paths */
  double width; /* of the pen, points; of a filled one nothing */
  guint8 grey;  /* 0: black */
} PictureOfPath;

/* PATHS (PictureOfPath), one over another on GROUND (a grey), row by row, a byte a pixel. The point LEFT, TOP of the page
 * is the pixel MARGIN, MARGIN, and SCALE pixels are a point. The caller frees. */
guint8 *painted_page_picture (const PaintedPage *page, GArray *paths, guint8 ground, double left, double top,
                              double scale, int margin, int columns, int rows);

G_END_DECLS
