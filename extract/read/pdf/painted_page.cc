/* painted_page.cc - see painted_page.h; the one file that speaks to libpoppler's C++ interface */
#include "read/pdf/painted_page.h"

#include <poppler/Annot.h>
#include <poppler/Catalog.h>
#include <poppler/Error.h>
#include <poppler/ErrorCodes.h>
#include <poppler/Form.h>
#include <poppler/Gfx.h>
#include <poppler/GfxFont.h>
#include <poppler/GfxState.h>
#include <poppler/GlobalParams.h>
#include <poppler/OptionalContent.h>
#include <poppler/OutputDev.h>
#include <poppler/PDFDoc.h>
#include <poppler/Page.h>
#include <poppler/SplashOutputDev.h>
#include <poppler/Stream.h>
#include <poppler/UTF.h>
#include <poppler/splash/Splash.h>
#include <poppler/splash/SplashBitmap.h>
#include <poppler/splash/SplashPath.h>
#include <poppler/splash/SplashPattern.h>
#include <poppler/splash/SplashState.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

/* TextPage of Poppler counts from here what it takes for the text of a map or a drawing; kept, so that what is read
 * stays the same. */
static const int TINY_GLYPHS_LIMIT = 50000;

/* Letters are as wide as this share of their width (Tz) and less: a line. */
static const double FLAT = 0.04;

/* Curves become points where a path has no more of them than this, so that its shape can be told: a circle has 4, the
 * outline of a sign some 20. */
static const int CURVES_LIMIT = 64;
static const int CURVE_POINTS = 8;

/* A small picture is kept with at most this many columns and rows; one of more pixels is not looked at. */
static const int PICTURE_CELLS = 96;
static const double PICTURE_PIXELS_LIMIT = 4e6;

class PageRun;

struct PaintedDocument {
  GBytes *bytes;
  std::unique_ptr<PDFDoc> pdf;
  std::unique_ptr<PageRun> run; /* of it */
};

namespace
{

void
say_nothing (ErrorCategory, Goffset, const char *)
{
}

/* Poppler's own tables, as long as the module is open: it is before children are forked, and each one finds them made. */
const GlobalParamsIniter poppler (say_nothing);

/* Text of a PDF (PDFDocEncoding or UTF-16) as UTF-8; NULL where there is none. */
char *
utf8_from_pdf_text (const GooString *text)
{
  if (!text || text->toStr ().empty ())
    return nullptr;
  Unicode *characters = nullptr;
  int length = TextStringToUCS4 (text->toStr (), &characters);
  GString *utf8 = g_string_new (nullptr);
  for (int i = 0; i < length; i++)
    if (characters[i] && g_unichar_validate (characters[i]))
      g_string_append_unichar (utf8, characters[i]);
  gfree (characters);
  return g_string_free (utf8, FALSE);
}

guint8
component (GfxColorComp value)
{
  return (guint8)CLAMP (std::lround (colToDbl (value) * 255), 0, 255);
}

PaintedColour
colour_in (GfxColorSpace *space, const GfxColor *colour)
{
  GfxRGB rgb;
  if (!space || space->getMode () == csPattern)
    return PaintedColour{0, 0, 0, FALSE};
  space->getRGB (colour, &rgb);
  return PaintedColour{component (rgb.r), component (rgb.g), component (rgb.b), TRUE};
}

/* What marked content says of what is in it. */
struct MarkedContent {
  int mark;
  ArtifactKind artifact;
};

bool
is_name (Dict *properties, const char *key, const char *value)
{
  Object object = properties->lookup (key);
  return object.isName (value);
}

ArtifactKind
artifact_of (Dict *properties)
{
  if (!properties)
    return ARTIFACT_OTHER;
  if (is_name (properties, "Subtype", "Watermark") || is_name (properties, "Type", "Watermark"))
    return ARTIFACT_WATERMARK;
  if (is_name (properties, "Subtype", "Header"))
    return ARTIFACT_HEADER;
  if (is_name (properties, "Subtype", "Footer"))
    return ARTIFACT_FOOTER;
  return ARTIFACT_OTHER;
}

/* Text that stands for the glyphs under it (ISO 32000-1, 14.9.4). */
struct ReplacedText {
  std::string text;
  bool open = false, painted = false;
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0; /* user space: where its first glyph begins, and where its last one ends */
};

/* One channel of a picture. */
struct Greys {
  int width = 0, height = 0;
  std::vector<guint8> levels; /* row by row */

  int at (double u, double v) const
  {
    int x = CLAMP ((int)(u * width), 0, width - 1), y = CLAMP ((int)(v * height), 0, height - 1);
    return levels[(size_t)y * width + x];
  }
};

/* Luma (ITU-R BT.601). */
guint8
luma (PaintedColour colour)
{
  return (guint8)((299 * colour.red + 587 * colour.green + 114 * colour.blue) / 1000);
}

Greys
greys_of (Stream *data, int width, int height, GfxImageColorMap *colours)
{
  Greys greys = {width, height, std::vector<guint8> ((size_t)width * height, 255)};
  ImageStream pixels (data, width, colours->getNumPixelComps (), colours->getBits ());
  pixels.reset ();
  for (int y = 0; y < height; y++) {
    const unsigned char *line = pixels.getLine ();
    for (int x = 0; line && x < width; x++) {
      GfxGray grey;
      colours->getGray (line + (size_t)x * colours->getNumPixelComps (), &grey);
      greys.levels[(size_t)y * width + x] = component (grey);
    }
  }
  pixels.close ();
  return greys;
}

/* 255 where the stencil paints. */
Greys
stencil_of (Stream *data, int width, int height, bool inverted)
{
  Greys greys = {width, height, std::vector<guint8> ((size_t)width * height, 0)};
  ImageStream pixels (data, width, 1, 1);
  pixels.reset ();
  for (int y = 0; y < height; y++) {
    const unsigned char *line = pixels.getLine ();
    for (int x = 0; line && x < width; x++)
      greys.levels[(size_t)y * width + x] = (line[x] != 0) == inverted ? 255 : 0;
  }
  pixels.close ();
  return greys;
}

/* Whether IMAGE (nullptr: it is not kept) may be a mark. */
bool
is_small (const PaintedImage *image, int width, int height)
{
  return image && width > 0 && height > 0 && (double)width * height <= PICTURE_PIXELS_LIMIT &&
         image->box.x1 - image->box.x0 <= PICTURE_SIDE_LIMIT && image->box.y1 - image->box.y0 <= PICTURE_SIDE_LIMIT &&
         image->box.x1 - image->box.x0 >= 1 && image->box.y1 - image->box.y0 >= 1;
}

/* For each of AT, places between the sides of a picture of SIZE pixels (0 and 1): the pixel; -1: it is outside. */
std::vector<int>
pixels_at (const std::vector<double> &at, int size)
{
  std::vector<int> pixels;
  for (double place : at)
    pixels.push_back (place < 0 || place > 1 ? -1 : CLAMP ((int)(place * size), 0, size - 1));
  return pixels;
}

/* Each cell is the mean of so many places across and down. */
const int CELL_PARTS = 3;

/* The grey levels of a picture's cells, over white. */
class PictureCells
{
public:
  explicit PictureCells (PaintedImage *image_) : image (image_), sums ((size_t)image_->columns * image_->rows, 0)
  {
  }

  /* ACROSS, DOWN: of the part of a cell. GREY and ALPHA: what is there. */
  void add (int across, int down, int grey, int alpha)
  {
    double shown = alpha == 255 ? grey : 255 - alpha / 255.0 * (255 - grey);
    sums[(size_t)(down / CELL_PARTS) * image->columns + across / CELL_PARTS] += shown;
  }

  void keep ()
  {
    image->grey = (guint8 *)g_malloc (sums.size ());
    for (size_t i = 0; i < sums.size (); i++)
      image->grey[i] = (guint8)(sums[i] / (CELL_PARTS * CELL_PARTS));
  }

private:
  PaintedImage *image;
  std::vector<double> sums;
};

/* From this level on what is under a picture is not seen through it, and up to the second one it is as if there were no
 * picture. */
const int ALPHA_SOLID = 242, ALPHA_CLEAR = 13;

/* The largest part of BOX, sides cut off one by one, in which ALPHA is solid all over; empty: there is none. Pictures have
 * clear margins and round corners. */
Box
solid_part (Box box, const Greys &alpha)
{
  int x0 = 0, y0 = 0, x1 = alpha.width, y1 = alpha.height;
  auto clear = [&] (int left, int top, int right, int bottom) {
    int count = 0;
    for (int y = top; y < bottom; y++)
      for (int x = left; x < right; x++)
        count += alpha.levels[(size_t)y * alpha.width + x] < ALPHA_SOLID;
    return count / (double)MAX (1, (right - left) * (bottom - top));
  };
  while (x0 < x1 && y0 < y1) {
    double sides[] = {clear (x0, y0, x0 + 1, y1), clear (x1 - 1, y0, x1, y1), clear (x0, y0, x1, y0 + 1),
                      clear (x0, y1 - 1, x1, y1)};
    int worst = (int)(std::max_element (sides, sides + 4) - sides);
    if (sides[worst] == 0)
      break;
    x0 += worst == 0;
    x1 -= worst == 1;
    y0 += worst == 2;
    y1 -= worst == 3;
  }
  if (x0 >= x1 || y0 >= y1 || clear (x0, y0, x1, y1) > 0)
    return Box{0, 0, 0, 0};
  double width = box.x1 - box.x0, height = box.y1 - box.y0;
  return Box{box.x0 + width * x0 / alpha.width, box.y0 + height * y0 / alpha.height, box.x0 + width * x1 / alpha.width,
             box.y0 + height * y1 / alpha.height};
}

/* A picture that is not turned: its columns are those of the page. U, V: where the parts of cells are in it. */
void
add_upright (PictureCells *cells, const std::vector<double> &u, const std::vector<double> &v, const Greys &greys,
             const Greys &alpha)
{
  std::vector<int> x = pixels_at (u, greys.width), y = pixels_at (v, greys.height);
  std::vector<int> alpha_x = pixels_at (u, alpha.width), alpha_y = pixels_at (v, alpha.height);
  for (size_t down = 0; down < y.size (); down++)
    for (size_t across = 0; across < x.size (); across++) {
      bool outside = x[across] < 0 || y[down] < 0;
      int grey = outside ? 255 : greys.levels[(size_t)y[down] * greys.width + x[across]];
      int share =
          outside || alpha.levels.empty () ? 255 : alpha.levels[(size_t)alpha_y[down] * alpha.width + alpha_x[across]];
      cells->add ((int)across, (int)down, grey, share);
    }
}

/* Keeps what GREYS shows through ALPHA (empty: all of it) over white, as the page's matrix turns it. */
void
keep_picture (PaintedImage *image, GfxState *state, const Greys &greys, const Greys &alpha)
{
  const double *matrix = state->getCTM (), determinant = matrix[0] * matrix[3] - matrix[1] * matrix[2];
  double width = image->box.x1 - image->box.x0, height = image->box.y1 - image->box.y0, side = MAX (width, height);
  if (fabs (determinant) < 1e-9)
    return;
  image->columns = MAX (1, (int)(width / side * PICTURE_CELLS));
  image->rows = MAX (1, (int)(height / side * PICTURE_CELLS));
  bool upright = matrix[1] == 0 && matrix[2] == 0;
  std::vector<double> across, down; /* of the parts of cells, from the picture's corner; upright: in the picture */
  for (int i = 0; i < image->columns * CELL_PARTS; i++) {
    double part = i / CELL_PARTS + (i % CELL_PARTS + .5) / CELL_PARTS;
    double x = image->box.x0 + width * part / image->columns - matrix[4];
    across.push_back (upright ? x * matrix[3] / determinant : x);
  }
  for (int i = 0; i < image->rows * CELL_PARTS; i++) {
    double part = i / CELL_PARTS + (i % CELL_PARTS + .5) / CELL_PARTS;
    double y = image->box.y0 + height * part / image->rows - matrix[5];
    down.push_back (upright ? 1 - y * matrix[0] / determinant : y);
  }
  PictureCells cells (image);
  if (upright)
    add_upright (&cells, across, down, greys, alpha);
  else
    for (size_t i = 0; i < down.size (); i++)
      for (size_t j = 0; j < across.size (); j++) {
        double u = (across[j] * matrix[3] - down[i] * matrix[2]) / determinant;
        double v = (down[i] * matrix[0] - across[j] * matrix[1]) / determinant;
        bool outside = u < 0 || u > 1 || v < 0 || v > 1;
        cells.add ((int)j, (int)i, outside ? 255 : greys.at (u, 1 - v),
                   outside || alpha.levels.empty () ? 255 : alpha.at (u, 1 - v));
      }
  cells.keep ();
}

/* What is recorded, and how far. */
struct Recording {
  /* A transparency group that is being painted, and what was painted before it. */
  struct Group {
    guint glyphs, paths, images;
    bool for_soft_mask;
  };

  /* Through MASK_CLOSED nothing is seen. */
  enum SoftMask { MASK_NONE, MASK_SOME, MASK_CLOSED };

  struct Saved {
    SoftMask soft_mask;
    bool clip_is_box;
    size_t clipping;
  };

  PaintedPage *page = nullptr;
  guint order = 0;
  int forms = 0; /* form XObjects that are being painted: their marks have numbers of their own */
  int annotation = PAINTED_NONE, tiny_glyphs = 0;
  std::vector<MarkedContent> marked; /* each with what it has of those around it */
  std::vector<Group> groups;
  ReplacedText replaced;

  /* The font and the colours that are set. */
  std::map<std::pair<int, int>, int> known_fonts;
  std::vector<Saved> saved;
  SoftMask soft_mask = MASK_NONE;
  bool clip_is_box = true;
  std::vector<guint> clipping;     /* glyphs that are the clip, and have nothing painted in them yet */
  std::vector<double> font_scales; /* of each font of the page, what its size is multiplied by */
  double size = 0;
  int font = PAINTED_NONE;
  PaintedColour fill_set{}, stroke_set{};
  bool font_known = false, fill_known = false, stroke_known = false;
  bool mark_ended = false; /* since it was last asked for */
};

class Recorder : public OutputDev, private Recording
{
public:
  Recorder (PaintedPage *page_, PDFDoc *pdf_) : pdf (pdf_)
  {
    begin_page (page_);
  }

  static bool is_cut (void *recorder);

  void begin_page (PaintedPage *next)
  {
    *static_cast<Recording *> (this) = Recording ();
    page = next;
  }
  /* Whether marked content has ended since the last call. */
  bool take_mark_ended ()
  {
    bool ended = mark_ended;
    mark_ended = false;
    return ended;
  }

  bool upsideDown () override
  {
    return true;
  }
  bool useDrawChar () override
  {
    return true;
  }
  bool interpretType3Chars () override
  {
    return false;
  }
  bool useTilingPatternFill () override
  {
    return true;
  }
  bool useShadedFills (int) override
  {
    return true;
  }

  /* What the state says of fonts and colours is looked up when something is painted with it: it changes far more often
   * than that. */
  void saveState (GfxState *) override
  {
    saved.push_back (Saved{soft_mask, clip_is_box, clipping.size ()});
  }
  void restoreState (GfxState *) override
  {
    font_known = fill_known = stroke_known = false;
    if (saved.empty ())
      return;
    soft_mask = saved.back ().soft_mask;
    clip_is_box = saved.back ().clip_is_box;
    clipping.resize (MIN (clipping.size (), saved.back ().clipping));
    saved.pop_back ();
  }
  void clip (GfxState *state) override
  {
    clip_is_box = clip_is_box && is_box (state);
  }
  void eoClip (GfxState *state) override
  {
    clip_is_box = clip_is_box && is_box (state);
  }
  void clipToStrokePath (GfxState *) override
  {
    clip_is_box = false;
  }
  void updateAll (GfxState *) override
  {
    font_known = fill_known = stroke_known = false;
  }
  void updateFont (GfxState *) override
  {
    font_known = false;
  }
  void updateTextMat (GfxState *) override
  {
    font_known = false;
  }
  void updateCTM (GfxState *, double, double, double, double, double, double) override
  {
    font_known = false;
  }
  void updateFillColorSpace (GfxState *) override
  {
    fill_known = false;
  }
  void updateFillColor (GfxState *) override
  {
    fill_known = false;
  }
  void updateStrokeColorSpace (GfxState *) override
  {
    stroke_known = false;
  }
  void updateStrokeColor (GfxState *) override
  {
    stroke_known = false;
  }

  void beginForm (Ref) override
  {
    forms++;
  }
  void endForm (Ref) override
  {
    forms--;
  }
  void beginMarkedContent (const char *name, Dict *properties) override;
  void endMarkedContent (GfxState *state) override;
  void beginActualText (GfxState *, const GooString *text) override;
  void endActualText (GfxState *state) override;

  void drawChar (GfxState *state, double x, double y, double dx, double dy, double, double, CharCode code, int,
                 const Unicode *u, int length) override;

  void stroke (GfxState *state) override
  {
    add_path (state, false);
  }
  void fill (GfxState *state) override
  {
    add_path (state, true);
  }
  void eoFill (GfxState *state) override
  {
    add_path (state, true, true);
  }
  bool tilingPatternFill (GfxState *state, Gfx *, Catalog *, GfxTilingPattern *, const double *, int, int, int, int,
                          double, double) override;
  bool functionShadedFill (GfxState *state, GfxFunctionShading *) override
  {
    return add_shading (state);
  }
  bool axialShadedFill (GfxState *state, GfxAxialShading *shading, double, double) override
  {
    return add_shading (state, shading->getExtend0 () && shading->getExtend1 ());
  }
  bool radialShadedFill (GfxState *state, GfxRadialShading *, double, double) override
  {
    return add_shading (state);
  }
  bool gouraudTriangleShadedFill (GfxState *state, GfxGouraudTriangleShading *) override
  {
    return add_shading (state);
  }
  bool patchMeshShadedFill (GfxState *state, GfxPatchMeshShading *) override
  {
    return add_shading (state);
  }

  void drawImageMask (GfxState *state, Object *reference, Stream *data, int width, int height, bool invert,
                      bool interpolate, bool in_line) override;
  void drawImage (GfxState *state, Object *reference, Stream *data, int width, int height, GfxImageColorMap *colours,
                  bool interpolate, const int *masked, bool in_line) override;
  void drawMaskedImage (GfxState *state, Object *, Stream *data, int width, int height, GfxImageColorMap *colours, bool,
                        Stream *mask, int mask_width, int mask_height, bool inverted, bool) override
  {
    draw_masked (state, data, width, height, colours, mask_width, mask_height,
                 [&] { return stencil_of (mask, mask_width, mask_height, inverted); });
  }
  void drawSoftMaskedImage (GfxState *state, Object *, Stream *data, int width, int height, GfxImageColorMap *colours,
                            bool, Stream *mask, int mask_width, int mask_height, GfxImageColorMap *mask_colours,
                            bool) override
  {
    draw_masked (state, data, width, height, colours, mask_width, mask_height,
                 [&] { return greys_of (mask, mask_width, mask_height, mask_colours); });
  }

  void beginTransparencyGroup (GfxState *, const double *, GfxColorSpace *, bool, bool, bool for_soft_mask) override;
  void endTransparencyGroup (GfxState *) override
  {
  }
  void paintTransparencyGroup (GfxState *state, const double *) override;
  void setSoftMask (GfxState *, const double *, bool alpha, Function *transfer, GfxColor *backdrop) override;
  void clearSoftMask (GfxState *) override
  {
    soft_mask = MASK_NONE;
  }

  bool begin_annotation (Annot *annotation);

private:
  /* ALPHA_OF: reads the mask, where it is needed. */
  template <typename AlphaOf>
  void draw_masked (GfxState *state, Stream *data, int width, int height, GfxImageColorMap *colours, int mask_width,
                    int mask_height, AlphaOf alpha_of)
  {
    PaintedImage *image = add_image (state, false, true);
    bool small = is_small (image, width, height) && is_small (image, mask_width, mask_height);
    if (!small && !is_over_words (image, mask_width, mask_height))
      return;
    Greys alpha = alpha_of ();
    look_through (image, state, alpha);
    if (small)
      keep_picture (image, state, greys_of (data, width, height, colours), alpha);
  }

  bool is_box (GfxState *state);
  bool mask_is_closed (const Group &group, bool alpha);
  void show_clipping ();
  bool is_over_words (const PaintedImage *image, int width, int height);
  void look_through (PaintedImage *image, GfxState *state, const Greys &alpha);
  PaintedState state_of (GfxState *state, double opacity);
  void set_font (GfxState *state);
  int font_index (GfxFont *font);
  const PaintedColour &fill_colour (GfxState *state);
  const PaintedColour &stroke_colour (GfxState *state);
  void add_glyphs (GfxState *state, double x, double y, double dx, double dy, CharCode code, const Unicode *u,
                   int length);
  PaintedGlyph glyph_of_code (GfxState *state, CharCode code, bool vertical);
  void add_path (GfxState *state, bool filled, bool even_odd = false);
  bool add_shading (GfxState *state, bool whole = false);
  void add_area (GfxState *state, Box box, bool whole);
  PaintedImage *add_image (GfxState *state, bool mask, bool soft);
  bool is_full (const GArray *list);
  void forget (const Group &group);

  PDFDoc *pdf;
};

/* State */

PaintedBlend
blend_of (GfxBlendMode mode)
{
  switch (mode) {
  case gfxBlendNormal:
    return BLEND_NORMAL;
  case gfxBlendMultiply:
  case gfxBlendDarken:
    return BLEND_DARKENS;
  case gfxBlendScreen:
  case gfxBlendLighten:
    return BLEND_LIGHTENS;
  default:
    return BLEND_OTHER;
  }
}

PaintedState
Recorder::state_of (GfxState *state, double opacity)
{
  PaintedState painted = {};
  painted.order = order++;
  state->getClipBBox (&painted.clip.x0, &painted.clip.y0, &painted.clip.x1, &painted.clip.y1);
  painted.opacity = soft_mask == MASK_CLOSED ? 0 : (float)opacity;
  painted.blend = soft_mask != MASK_NONE ? BLEND_OTHER : blend_of (state->getBlendMode ());
  painted.annotation = annotation;
  painted.mark = marked.empty () ? PAINTED_NONE : marked.back ().mark;
  painted.artifact = marked.empty () ? ARTIFACT_NONE : marked.back ().artifact;
  return painted;
}

const PaintedColour &
Recorder::fill_colour (GfxState *state)
{
  if (!fill_known)
    fill_set = colour_in (state->getFillColorSpace (), state->getFillColor ());
  fill_known = true;
  return fill_set;
}

const PaintedColour &
Recorder::stroke_colour (GfxState *state)
{
  if (!stroke_known)
    stroke_set = colour_in (state->getStrokeColorSpace (), state->getStrokeColor ());
  stroke_known = true;
  return stroke_set;
}

bool
Recorder::is_full (const GArray *list)
{
  if (list->len < PAINTED_OBJECTS_LIMIT)
    return false;
  page->cut = TRUE;
  return true;
}

/* libpoppler asks it every few operators, and ends the page. */
bool
Recorder::is_cut (void *recorder)
{
  return static_cast<Recorder *> (recorder)->page->cut;
}

void
Recorder::beginMarkedContent (const char *name, Dict *properties)
{
  MarkedContent content = {PAINTED_NONE, ARTIFACT_NONE};
  if (!marked.empty ())
    content = marked.back ();
  if (!strcmp (name, "Artifact"))
    content.artifact = artifact_of (properties);
  if (properties) {
    Object mark = properties->lookup ("MCID");
    if (mark.isInt () && mark.getInt () >= 0 && mark.getInt () < G_MAXINT && forms == 0 && annotation == PAINTED_NONE)
      content.mark = mark.getInt ();
  }
  marked.push_back (content);
  if (marked.size () >= MARKED_CONTENT_DEPTH_LIMIT)
    page->cut = TRUE;
}

void
Recorder::endMarkedContent (GfxState *)
{
  mark_ended = true;
  if (!marked.empty ())
    marked.pop_back ();
}

void
Recorder::beginTransparencyGroup (GfxState *, const double *, GfxColorSpace *, bool, bool, bool for_soft_mask)
{
  groups.push_back (Group{page->glyphs->len, page->paths->len, page->images->len, for_soft_mask});
}

/* What a group's state says of opacity and blending counts for all that is in it. */
void
Recorder::paintTransparencyGroup (GfxState *state, const double *)
{
  if (groups.empty ())
    return;
  Group group = groups.back ();
  groups.pop_back ();
  float opacity = soft_mask == MASK_CLOSED ? 0 : (float)state->getFillOpacity ();
  PaintedBlend blend = soft_mask != MASK_NONE ? BLEND_OTHER : blend_of (state->getBlendMode ());
  if (opacity >= 1 && blend == BLEND_NORMAL)
    return;
  auto paint = [=] (PaintedState *painted) {
    painted->opacity *= opacity;
    painted->blend = painted->blend == BLEND_NORMAL || painted->blend == blend ? blend : BLEND_OTHER;
  };
  for (guint i = group.glyphs; i < page->glyphs->len; i++)
    paint (&g_array_index (page->glyphs, PaintedGlyph, i).state);
  for (guint i = group.paths; i < page->paths->len; i++)
    paint (&g_array_index (page->paths, PaintedPath, i).state);
  for (guint i = group.images; i < page->images->len; i++)
    paint (&g_array_index (page->images, PaintedImage, i).state);
}

bool
Recorder::is_box (GfxState *state)
{
  const GfxPath *path = state->getPath ();
  const GfxSubpath *part = path && path->getNumSubpaths () == 1 ? path->getSubpath (0) : nullptr;
  if (!part || part->getNumPoints () < 4 || part->getNumPoints () > 5)
    return false;
  for (int i = 1; i < part->getNumPoints (); i++)
    if (part->getCurve (i) ||
        (fabs (part->getX (i) - part->getX (i - 1)) > 0.01 && fabs (part->getY (i) - part->getY (i - 1)) > 0.01))
      return false;
  return true;
}

/* Whether what GROUP painted lets nothing through: by luminosity nothing but black, by alpha nothing at all. */
bool
Recorder::mask_is_closed (const Group &group, bool alpha)
{
  if (page->images->len > group.images)
    return false;
  auto is_black = [=] (const PaintedColour &colour) {
    return !alpha && colour.known && MAX (MAX (colour.red, colour.green), colour.blue) <= ALPHA_CLEAR;
  };
  for (guint i = group.glyphs; i < page->glyphs->len; i++)
    if (!is_black (g_array_index (page->glyphs, PaintedGlyph, i).colour))
      return false;
  for (guint i = group.paths; i < page->paths->len; i++)
    if (!is_black (g_array_index (page->paths, PaintedPath, i).colour))
      return false;
  return true;
}

/* What makes a mask is not painted. */
void
Recorder::setSoftMask (GfxState *, const double *, bool alpha, Function *transfer, GfxColor *backdrop)
{
  soft_mask = MASK_SOME;
  if (groups.empty ())
    return;
  if (!transfer && (alpha || !backdrop || backdrop->c[0] == 0) && mask_is_closed (groups.back (), alpha))
    soft_mask = MASK_CLOSED;
  forget (groups.back ());
  groups.pop_back ();
}

/* Something is painted within letters that are the clip: they are seen, in a colour that is not known. */
void
Recorder::show_clipping ()
{
  for (guint index : clipping)
    if (index < page->glyphs->len) {
      PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, index);
      glyph->render_mode = glyph->render_mode == 7 ? 0 : glyph->render_mode;
      glyph->colour = PaintedColour{0, 0, 0, FALSE};
      glyph->state.order = order++;
    }
  clipping.clear ();
  clip_is_box = false;
}

void
Recorder::forget (const Group &group)
{
  g_array_set_size (page->glyphs, group.glyphs);
  g_array_set_size (page->paths, group.paths);
  g_array_set_size (page->images, group.images);
}

/* Fonts */

/* What the size of a Type 3 font, which has any unit, is multiplied by: its "m", or else its last letter, tells (as
 * Poppler's TextPage does it). */
double
type3_scale (const Gfx8BitFont *simple)
{
  int letter = -1, any_letter = -1;
  for (int code = 0; code < 256; code++) {
    const char *name = simple->getCharName (code);
    if (name && name[0] == 'm' && name[1] == '\0')
      letter = code;
    if (letter < 0 && name && name[1] == '\0' && g_ascii_isalpha (name[0]))
      any_letter = code;
  }
  double scale = 1;
  if (letter >= 0 && simple->getWidth (letter) > 0)
    scale = simple->getWidth (letter) / 0.6; /* of 600, an "m" in a typical fixed-width font */
  else if (any_letter >= 0 && simple->getWidth (any_letter) > 0)
    scale = simple->getWidth (any_letter) / 0.5;
  const double *matrix = simple->getFontMatrix ();
  return matrix[0] != 0 ? scale * fabs (matrix[3] / matrix[0]) : scale;
}

int
Recorder::font_index (GfxFont *gfx_font)
{
  const Ref *reference = gfx_font->getID ();
  auto known = known_fonts.find ({reference->num, reference->gen});
  if (known != known_fonts.end ())
    return known->second;
  PaintedFont painted = {};
  painted.name = gfx_font->getName () ? g_strdup (gfx_font->getName ()->c_str ()) : nullptr;
  painted.object = reference->num;
  painted.type3 = gfx_font->getType () == fontType3;
  painted.simple = !gfx_font->isCIDFont ();
  painted.unicode = gfx_font->hasToUnicodeCMap ();
  g_array_append_val (page->fonts, painted);
  font_scales.push_back (painted.type3 ? type3_scale (static_cast<const Gfx8BitFont *> (gfx_font)) : 1);
  int index = (int)page->fonts->len - 1;
  known_fonts[{reference->num, reference->gen}] = index;
  return index;
}

void
Recorder::set_font (GfxState *state)
{
  if (font_known)
    return;
  const std::shared_ptr<GfxFont> &gfx_font = state->getFont ();
  font = gfx_font ? font_index (gfx_font.get ()) : PAINTED_NONE;
  size = state->getTransformedFontSize () * (font == PAINTED_NONE ? 1 : font_scales[font]);
  font_known = true;
}

/* Text */

void
Recorder::beginActualText (GfxState *, const GooString *text)
{
  replaced = ReplacedText ();
  replaced.text = text->toStr ();
  replaced.open = true;
}

void
Recorder::endActualText (GfxState *state)
{
  ReplacedText ended = replaced;
  replaced = ReplacedText ();
  if (!ended.open || !ended.painted)
    return;
  Unicode *characters = nullptr;
  int length = TextStringToUCS4 (ended.text, &characters);
  add_glyphs (state, ended.x0, ended.y0, ended.x1 - ended.x0, ended.y1 - ended.y0, 0, characters, length);
  gfree (characters);
}

void
Recorder::drawChar (GfxState *state, double x, double y, double dx, double dy, double, double, CharCode code, int,
                    const Unicode *u, int length)
{
  if (!replaced.open) {
    add_glyphs (state, x, y, dx, dy, code, u, length);
    return;
  }
  if (!replaced.painted) {
    replaced.x0 = x;
    replaced.y0 = y;
  }
  replaced.painted = true;
  replaced.x1 = x + dx;
  replaced.y1 = y + dy;
}

/* In which of four directions text runs on the page (0: to the right, 1: down, 2: to the left, 3: up), as TextPage
 * tells it. */
int
quarter_of (const double *text_matrix, const double *page_matrix)
{
  double m[4];
  m[0] = text_matrix[0] * page_matrix[0] + text_matrix[1] * page_matrix[2];
  m[1] = text_matrix[0] * page_matrix[1] + text_matrix[1] * page_matrix[3];
  m[2] = text_matrix[2] * page_matrix[0] + text_matrix[3] * page_matrix[2];
  m[3] = text_matrix[2] * page_matrix[1] + text_matrix[3] * page_matrix[3];
  if (fabs (m[0] * m[3]) > fabs (m[1] * m[2]))
    return m[0] > 0 || m[3] < 0 ? 0 : 2;
  return m[2] > 0 ? 1 : 3;
}

/* The em box of a glyph whose baseline begins at X, Y and that is WIDTH long in its direction QUARTER. */
Box
em_box (double x, double y, double width, double size, double ascent, double descent, int quarter)
{
  double above = ascent * size, below = descent * size;
  switch (quarter) {
  case 0:
    return Box{x, y - above, x + width, y - below};
  case 1:
    return Box{x + below, y, x + above, y + width};
  case 2:
    return Box{x - width, y + below, x, y + above};
  default:
    return Box{x - above, y - width, x - below, y};
  }
}

/* Vertical writing: the origin is over the middle of the glyph, and it runs on downwards. */
Box
vertical_box (double x, double y, double advance, double size, int quarter)
{
  double half = size / 2;
  switch (quarter) {
  case 0:
    return Box{x - half, y, x + half, y + advance};
  case 1:
    return Box{x - advance, y - half, x, y + half};
  case 2:
    return Box{x - half, y - advance, x + half, y};
  default:
    return Box{x, y - half, x + advance, y + half};
  }
}

/* The direction in which text is written, of length 1; to the right where it has none. */
void
direction_of_text (GfxState *state, bool vertical, double *x, double *y)
{
  if (vertical)
    state->textTransformDelta (0, -1, x, y);
  else
    state->textTransformDelta (1, 0, x, y);
  state->transformDelta (*x, *y, x, y);
  double norm = hypot (*x, *y);
  *x = norm > 0 ? *x / norm : 1;
  *y = norm > 0 ? *y / norm : 0;
}

/* What the glyphs of one character CODE share. */
PaintedGlyph
Recorder::glyph_of_code (GfxState *state, CharCode code, bool vertical)
{
  bool stroked = (state->getRender () & 3) == 1;
  PaintedGlyph glyph = {};
  glyph.state = state_of (state, stroked ? state->getStrokeOpacity () : state->getFillOpacity ());
  glyph.code = code;
  glyph.size = size;
  glyph.font = font;
  glyph.render_mode = state->getRender ();
  glyph.vertical = vertical;
  glyph.flat = fabs (state->getHorizScaling ()) < FLAT;
  direction_of_text (state, vertical, &glyph.direction_x, &glyph.direction_y);
  glyph.colour = stroked ? stroke_colour (state) : fill_colour (state);
  return glyph;
}

void
Recorder::add_glyphs (GfxState *state, double x, double y, double dx, double dy, CharCode code, const Unicode *u,
                      int length)
{
  const std::shared_ptr<GfxFont> &gfx_font = state->getFont ();
  if (!gfx_font || is_full (page->glyphs))
    return;

  /* Without the space that is only put between characters. */
  double space = state->getCharSpace () + (code == 0x20 ? state->getWordSpace () : 0);
  double space_x = 0, space_y = 0;
  bool vertical = gfx_font->getWMode () != 0;
  if (vertical)
    state->textTransformDelta (0, space, &space_x, &space_y);
  else
    state->textTransformDelta (space * state->getHorizScaling (), 0, &space_x, &space_y);
  double width, height, at_x, at_y;
  state->transformDelta (dx - space_x, dy - space_y, &width, &height);
  state->transform (x, y, &at_x, &at_y);
  if (!std::isfinite (at_x) || !std::isfinite (at_y) || !std::isfinite (width) || !std::isfinite (height))
    return;
  if (fabs (width) < 3 && fabs (height) < 3 && ++tiny_glyphs > TINY_GLYPHS_LIMIT)
    return;

  set_font (state);
  PaintedGlyph glyph = glyph_of_code (state, code, vertical);
  int count = MAX (length, 1);
  int quarter = quarter_of (state->getTextMat (), state->getCTM ());
  width /= count;
  height /= count;
  double advance = quarter % 2 == (vertical ? 1 : 0) ? fabs (width) : fabs (height);
  for (int i = 0; i < count; i++) {
    glyph.character = u && i < length ? u[i] : 0;
    glyph.origin_x = at_x + i * width;
    glyph.origin_y = at_y + i * height;
    glyph.space = glyph.character && g_unichar_isspace (glyph.character);
    glyph.box = vertical ? vertical_box (glyph.origin_x, glyph.origin_y, advance, size, quarter)
                         : em_box (glyph.origin_x, glyph.origin_y, advance, size, gfx_font->getAscent (),
                                   gfx_font->getDescent (), quarter);
    if (glyph.render_mode == 7)
      clipping.push_back (page->glyphs->len);
    g_array_append_val (page->glyphs, glyph);
  }
}

/* Drawing */

int
curves_of (const GfxPath *path)
{
  int curves = 0;
  for (int i = 0; i < path->getNumSubpaths (); i++)
    for (int j = 0; j < path->getSubpath (i)->getNumPoints (); j++)
      curves += path->getSubpath (i)->getCurve (j);
  return curves / 2;
}

/* The points on the Bézier curve that ends at point END of PART, but for its ends. */
void
add_curve (GArray *points, GfxState *state, const GfxSubpath *part, int end)
{
  for (int step = 1; end >= 3 && step < CURVE_POINTS; step++) {
    double t = step / (double)CURVE_POINTS, s = 1 - t, x = 0, y = 0;
    const double weights[] = {s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
    for (int i = 0; i < 4; i++) {
      x += weights[i] * part->getX (end - 3 + i);
      y += weights[i] * part->getY (end - 3 + i);
    }
    PathPoint point = {0, 0, PATH_CURVE};
    state->transform (x, y, &point.x, &point.y);
    if (std::isfinite (point.x) && std::isfinite (point.y))
      g_array_append_val (points, point);
  }
}

/* Appends the points of PART and widens BOX to hold them. CURVES: with points on its curves, not their ends only. */
void
add_subpath (GArray *points, GfxState *state, const GfxSubpath *part, bool curves, Box *box)
{
  for (int j = 0; j < part->getNumPoints (); j++) {
    PathPoint point = {0, 0, j == 0 ? PATH_MOVE : PATH_LINE};
    state->transform (part->getX (j), part->getY (j), &point.x, &point.y);
    if (!std::isfinite (point.x) || !std::isfinite (point.y))
      continue;
    box->x0 = MIN (box->x0, point.x);
    box->y0 = MIN (box->y0, point.y);
    box->x1 = MAX (box->x1, point.x);
    box->y1 = MAX (box->y1, point.y);
    if (part->getCurve (j))
      continue; /* a control point */
    if (j > 0 && part->getCurve (j - 1)) {
      point.kind = PATH_CURVE;
      if (curves)
        add_curve (points, state, part, j);
    }
    g_array_append_val (points, point);
  }
  if (part->isClosed ()) {
    PathPoint close = {0, 0, PATH_CLOSE};
    g_array_append_val (points, close);
  }
}

void
Recorder::add_path (GfxState *state, bool filled, bool even_odd)
{
  const GfxPath *path = state->getPath ();
  if (!path || is_full (page->path_points) || is_full (page->paths))
    return;
  if (!clipping.empty ())
    show_clipping ();
  PaintedPath painted = {};
  painted.first = page->path_points->len;
  painted.box = Box{G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  bool all_points = curves_of (path) <= CURVES_LIMIT;
  for (int i = 0; i < path->getNumSubpaths (); i++)
    add_subpath (page->path_points, state, path->getSubpath (i), all_points, &painted.box);
  painted.count = page->path_points->len - painted.first;
  if (painted.count == 0 || painted.box.x0 > painted.box.x1)
    return;
  painted.filled = filled;
  painted.even_odd = even_odd;
  painted.width = filled ? 0 : state->getTransformedLineWidth ();
  painted.colour = filled ? fill_colour (state) : stroke_colour (state);
  painted.state = state_of (state, filled ? state->getFillOpacity () : state->getStrokeOpacity ());
  g_array_append_val (page->paths, painted);
}

/* A filled rectangle whose colour is not known. WHOLE: it leaves no gap. */
void
Recorder::add_area (GfxState *state, Box box, bool whole)
{
  if (is_full (page->path_points) || is_full (page->paths) || box.x0 >= box.x1 || box.y0 >= box.y1)
    return;
  const PathPoint points[] = {{box.x0, box.y0, PATH_MOVE},
                              {box.x1, box.y0, PATH_LINE},
                              {box.x1, box.y1, PATH_LINE},
                              {box.x0, box.y1, PATH_LINE},
                              {0, 0, PATH_CLOSE}};
  PaintedPath painted = {};
  painted.first = page->path_points->len;
  painted.count = G_N_ELEMENTS (points);
  painted.box = box;
  painted.filled = TRUE;
  painted.shaded = whole;
  painted.state = state_of (state, state->getFillOpacity ());
  g_array_append_vals (page->path_points, points, G_N_ELEMENTS (points));
  g_array_append_val (page->paths, painted);
}

/* The clip is what is filled. */
bool
Recorder::add_shading (GfxState *state, bool whole)
{
  Box box;
  if (!clipping.empty ())
    show_clipping ();
  state->getClipBBox (&box.x0, &box.y0, &box.x1, &box.y1);
  add_area (state, box, whole && clip_is_box);
  return true;
}

bool
Recorder::tilingPatternFill (GfxState *state, Gfx *, Catalog *, GfxTilingPattern *, const double *, int, int, int, int,
                             double, double)
{
  return add_shading (state);
}

/* NULL: it is not kept. */
PaintedImage *
Recorder::add_image (GfxState *state, bool mask, bool soft)
{
  if (is_full (page->images))
    return nullptr;
  if (!clipping.empty ())
    show_clipping ();
  const double *matrix = state->getCTM ();
  PaintedImage image = {};
  image.box =
      Box{matrix[4] + MIN (0, matrix[0]) + MIN (0, matrix[2]), matrix[5] + MIN (0, matrix[1]) + MIN (0, matrix[3]),
          matrix[4] + MAX (0, matrix[0]) + MAX (0, matrix[2]), matrix[5] + MAX (0, matrix[1]) + MAX (0, matrix[3])};
  image.mask = mask;
  image.solid = mask || soft || !clip_is_box ? Box{0, 0, 0, 0} : image.box;
  image.colour = fill_colour (state);
  image.state = state_of (state, state->getFillOpacity ());
  if (!std::isfinite (image.box.x0) || !std::isfinite (image.box.y0) || !std::isfinite (image.box.x1) ||
      !std::isfinite (image.box.y1))
    return nullptr;
  g_array_append_val (page->images, image);
  return &g_array_index (page->images, PaintedImage, page->images->len - 1);
}

/* Whether it matters what is seen through IMAGE: there are words under it. */
bool
Recorder::is_over_words (const PaintedImage *image, int width, int height)
{
  if (!image || width <= 0 || height <= 0 || (double)width * height > PICTURE_PIXELS_LIMIT)
    return false;
  for (guint i = 0; i < page->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, i);
    double x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
    if (x >= image->box.x0 && x <= image->box.x1 && y >= image->box.y0 && y <= image->box.y1)
      return true;
  }
  return false;
}

/* What ALPHA lets be seen of what is under IMAGE, where the picture is not turned. */
void
Recorder::look_through (PaintedImage *image, GfxState *state, const Greys &alpha)
{
  const double *matrix = state->getCTM ();
  guint8 most = *std::max_element (alpha.levels.begin (), alpha.levels.end ());
  if (most <= ALPHA_CLEAR)
    image->state.opacity = 0;
  else if (matrix[1] == 0 && matrix[2] == 0 && matrix[0] > 0 && matrix[3] < 0 && clip_is_box)
    image->solid = solid_part (image->box, alpha);
}

/* The bytes of an image that is in the content itself must be passed over: OutputDev does that, where they are not read
 * here. */
void
Recorder::drawImageMask (GfxState *state, Object *reference, Stream *data, int width, int height, bool invert,
                         bool interpolate, bool in_line)
{
  PaintedImage *image = add_image (state, true, false);
  if (is_small (image, width, height)) {
    Greys colour = {1, 1, std::vector<guint8> (1, luma (image->colour))};
    keep_picture (image, state, colour, stencil_of (data, width, height, invert));
  } else if (in_line)
    OutputDev::drawImageMask (state, reference, data, width, height, invert, interpolate, in_line);
}

void
Recorder::drawImage (GfxState *state, Object *reference, Stream *data, int width, int height, GfxImageColorMap *colours,
                     bool interpolate, const int *masked, bool in_line)
{
  PaintedImage *image = add_image (state, false, masked != nullptr);
  if (is_small (image, width, height) && colours)
    keep_picture (image, state, greys_of (data, width, height, colours), Greys ());
  else if (in_line)
    OutputDev::drawImage (state, reference, data, width, height, colours, interpolate, masked, in_line);
}

/* Annotations */

/* A name in the annotation's own dictionary; empty: there is none. */
std::string
name_in (const Object &object, const char *key)
{
  Object name = object.isDict () ? object.dictLookup (key) : Object ();
  return name.isName () ? name.getName () : "";
}

/* A tick box shows the state that it is said to be in (/AS), else its field's value. */
bool
is_checked (Annot *annot, const FormWidgetButton *button)
{
  std::string shown = name_in (annot->getAnnotObj (), "AS");
  const char *value =
      static_cast<FormFieldButton *> (const_cast<FormWidgetButton *> (button)->getField ())->getAppearanceState ();
  if (!shown.empty ())
    return shown != "Off";
  if (button->getOnStr ())
    return button->getState ();
  return value && strcmp (value, "Off") != 0;
}

/* What the field says. FALSE: it draws nothing. */
bool
read_field (Annot *annot, FormWidget *field, bool drawn, PaintedAnnotation *painted)
{
  if (!field)
    return true;
  switch (field->getType ()) {
  case formButton: {
    const FormWidgetButton *button = static_cast<const FormWidgetButton *> (field);
    if (button->getButtonType () == formButtonPush)
      return true;
    painted->kind = button->getButtonType () == formButtonCheck ? ANNOTATION_CHECK_BOX : ANNOTATION_RADIO_BUTTON;
    painted->checked = is_checked (annot, button);
    return false;
  }
  case formText: {
    const FormWidgetText *text = static_cast<const FormWidgetText *> (field);
    painted->kind = ANNOTATION_TEXT_FIELD;
    painted->value = utf8_from_pdf_text (text->getContent ());
    if (text->isPassword () && painted->value) /* as viewers show it */
      memset (painted->value, '*', strlen (painted->value));
    return drawn;
  }
  case formChoice: {
    const FormWidgetChoice *choice = static_cast<const FormWidgetChoice *> (field);
    GString *value = g_string_new (nullptr);
    painted->kind = ANNOTATION_CHOICE_FIELD;
    for (int i = 0; i < choice->getNumChoices (); i++) {
      char *text = choice->isSelected (i) ? utf8_from_pdf_text (choice->getChoice (i)) : nullptr;
      if (text)
        g_string_append_printf (value, "%s%s", value->len ? "\n" : "", text);
      g_free (text);
    }
    char *edited = value->len == 0 ? utf8_from_pdf_text (choice->getEditChoice ()) : nullptr;
    g_string_append (value, edited ? edited : "");
    g_free (edited);
    painted->value = g_string_free (value, value->len == 0);
    return drawn && choice->isCombo (); /* a list shows what was not chosen too */
  }
  default:
    return true;
  }
}

/* How annotations of a type are shown; those that are not here are drawn and are ANNOTATION_OTHER. */
struct AnnotationManner {
  Annot::AnnotSubtype type;
  enum { NEVER, WITH_APPEARANCE, ALWAYS } drawn;
  AnnotationKind kind;
};
const AnnotationManner annotation_manners[] = {
    {Annot::typeLink, AnnotationManner::NEVER, ANNOTATION_OTHER},
    {Annot::typeText, AnnotationManner::NEVER, ANNOTATION_OTHER},
    {Annot::typePopup, AnnotationManner::NEVER, ANNOTATION_OTHER},
    {Annot::typeFileAttachment, AnnotationManner::NEVER, ANNOTATION_OTHER},
    {Annot::typeSound, AnnotationManner::NEVER, ANNOTATION_OTHER},
    {Annot::typeMovie, AnnotationManner::NEVER, ANNOTATION_OTHER},
    {Annot::typeFreeText, AnnotationManner::WITH_APPEARANCE, ANNOTATION_FREE_TEXT},
    {Annot::typeWidget, AnnotationManner::WITH_APPEARANCE, ANNOTATION_OTHER},
    {Annot::typeStamp, AnnotationManner::ALWAYS, ANNOTATION_STAMP},
    {Annot::typeStrikeOut, AnnotationManner::ALWAYS, ANNOTATION_STRIKE_OUT},
    {Annot::typeWatermark, AnnotationManner::WITH_APPEARANCE, ANNOTATION_WATERMARK},
};

AnnotationManner
manner_of (const Annot *annot)
{
  for (const AnnotationManner &manner : annotation_manners)
    if (manner.type == annot->getType ())
      return manner;
  return {annot->getType (), AnnotationManner::ALWAYS, ANNOTATION_OTHER};
}

/* Whether ANNOT is drawn; what follows is then part of it. */
bool
Recorder::begin_annotation (Annot *annot)
{
  AnnotationManner manner = manner_of (annot);
  bool hidden = (annot->getFlags () & (Annot::flagHidden | Annot::flagNoView)) != 0;
  bool has_value = manner.type == Annot::typeWidget || manner.type == Annot::typeFreeText;
  if (manner.drawn == AnnotationManner::NEVER || (hidden && !has_value))
    return false;
  PaintedAnnotation painted = {};
  painted.kind = manner.kind;
  bool drawn = manner.drawn == AnnotationManner::ALWAYS || annot->getAppearance ().isStream ();
  if (manner.type == Annot::typeFreeText)
    painted.value = utf8_from_pdf_text (annot->getContents ());
  if (manner.type == Annot::typeWidget) {
    Form *form = pdf->getCatalog ()->getForm ();
    drawn = read_field (annot, form ? form->findWidgetByRef (annot->getRef ()) : nullptr,
                        drawn && !(form && form->getNeedAppearances ()), &painted);
  }
  const PDFRectangle &corners = annot->getRect ();
  painted.box = Box{MIN (corners.x1, corners.x2), MIN (corners.y1, corners.y2), MAX (corners.x1, corners.x2),
                    MAX (corners.y1, corners.y2)};
  if (hidden)
    painted.kind = ANNOTATION_HIDDEN;
  else
    annotation = (int)page->annotations->len;
  g_array_append_val (page->annotations, painted);
  return drawn && !hidden;
}

bool
decide_annotation (Annot *annot, void *data)
{
  return static_cast<Recorder *> (data)->begin_annotation (annot);
}

void
font_clear (gpointer data)
{
  g_free (static_cast<PaintedFont *> (data)->name);
}

void
image_clear (gpointer data)
{
  g_free (static_cast<PaintedImage *> (data)->grey);
}

void
annotation_clear (gpointer data)
{
  g_free (static_cast<PaintedAnnotation *> (data)->value);
}

/* From the user space of the page to its top left corner, after its rotation. */
Box
box_on_page (Box box, Page *page)
{
  const PDFRectangle *crop = page->getCropBox ();
  Box shifted = {box.x0 - crop->x1, box.y0 - crop->y1, box.x1 - crop->x1, box.y1 - crop->y1};
  double width = crop->x2 - crop->x1, height = crop->y2 - crop->y1;
  switch (page->getRotate ()) {
  case 90:
    return Box{shifted.y0, shifted.x0, shifted.y1, shifted.x1};
  case 180:
    return Box{width - shifted.x1, shifted.y0, width - shifted.x0, shifted.y1};
  case 270:
    return Box{height - shifted.y1, width - shifted.x1, height - shifted.y0, width - shifted.x0};
  default:
    return Box{shifted.x0, height - shifted.y1, shifted.x1, height - shifted.y0};
  }
}

#define LAYERS_LIMIT 10000 /* that follow how the document is used */

/* Layers that the document wants to follow how it is used (ISO 32000-1, 8.11.4.4), as on a screen: libpoppler gives them
 * their first state. */
static void
set_layers_as_viewed (PDFDoc *pdf)
{
  OCGs *layers = pdf->getCatalog () ? pdf->getCatalog ()->getOptContentConfig () : nullptr;
  Object catalogue = pdf->getXRef ()->getCatalog ();
  if (!layers || !layers->hasOCGs () || !catalogue.isDict ())
    return;
  Object properties = catalogue.dictLookup ("OCProperties");
  Object setting = properties.isDict () ? properties.dictLookup ("D") : Object (objNull);
  Object usages = setting.isDict () ? setting.dictLookup ("AS") : Object (objNull);
  int left = LAYERS_LIMIT;
  for (int i = 0; usages.isArray () && i < usages.arrayGetLength () && left > 0; i++) {
    Object usage = usages.arrayGet (i);
    Object event = usage.isDict () ? usage.dictLookup ("Event") : Object (objNull);
    Object followers = usage.isDict () ? usage.dictLookup ("OCGs") : Object (objNull);
    for (int j = 0; event.isName ("View") && followers.isArray () && j < followers.arrayGetLength () && left-- > 0;
         j++) {
      const Object &follower = followers.arrayGetNF (j);
      OptionalContentGroup *layer = follower.isRef () ? layers->findOcgByRef (follower.getRef ()) : nullptr;
      if (layer && layer->getViewState () != OptionalContentGroup::ocUsageUnset)
        layer->setState (layer->getViewState () == OptionalContentGroup::ocUsageOn ? OptionalContentGroup::On
                                                                                   : OptionalContentGroup::Off);
    }
  }
}

} // namespace

PaintedDocument *
painted_document_new (GBytes *bytes, const char *password, PaintedOpening *opening)
{
  gsize size;
  const char *data = (const char *)g_bytes_get_data (bytes, &size);
  std::unique_ptr<PaintedDocument> document (new PaintedDocument{nullptr, nullptr, nullptr});
  MemStream *stream = new MemStream (data, 0, (Goffset)size, Object (objNull));
  std::optional<GooString> word;
  if (password)
    word.emplace (password);
  document->pdf = std::make_unique<PDFDoc> (stream, word, word);
  *opening = PAINTED_OPEN;
  if (!document->pdf->isOk ()) {
    *opening = document->pdf->getErrorCode () == errEncrypted ? PAINTED_ENCRYPTED : PAINTED_DAMAGED;
    return nullptr;
  }
  set_layers_as_viewed (document->pdf.get ());
  document->run = std::make_unique<PageRun> (document->pdf.get ());
  document->bytes = g_bytes_ref (bytes);
  return document.release ();
}

void
painted_document_free (PaintedDocument *document)
{
  if (!document)
    return;
  GBytes *bytes = document->bytes;
  delete document;
  g_bytes_unref (bytes);
}

int
painted_document_pages (const PaintedDocument *document)
{
  return document->pdf->getNumPages ();
}

static PaintedPage *
empty_page (Page *pdf_page)
{
  PaintedPage *page = g_new0 (PaintedPage, 1);
  /* As libpoppler, which takes a rotation that is no quarter for none. */
  bool sideways = pdf_page->getRotate () == 90 || pdf_page->getRotate () == 270;
  page->width = sideways ? pdf_page->getCropHeight () : pdf_page->getCropWidth ();
  page->height = sideways ? pdf_page->getCropWidth () : pdf_page->getCropHeight ();
  page->glyphs = g_array_new (FALSE, TRUE, sizeof (PaintedGlyph));
  page->paths = g_array_new (FALSE, TRUE, sizeof (PaintedPath));
  page->path_points = g_array_new (FALSE, TRUE, sizeof (PathPoint));
  page->images = g_array_new (FALSE, TRUE, sizeof (PaintedImage));
  page->annotations = g_array_new (FALSE, TRUE, sizeof (PaintedAnnotation));
  page->fonts = g_array_new (FALSE, TRUE, sizeof (PaintedFont));
  g_array_set_clear_func (page->images, image_clear);
  g_array_set_clear_func (page->annotations, annotation_clear);
  g_array_set_clear_func (page->fonts, font_clear);
  return page;
}

/* Pages that are painted one after the other with the fonts that were read for those before: libpoppler reads all fonts of
 * a page anew, which is half of what some documents cost.
 *
 *     resources of page 3, without fonts    on top; where it looks a font up, it is found below
 *     fonts that page 2 has besides         kept
 *     fonts of page 1                       kept
 */
class PageRun
{
public:
  explicit PageRun (PDFDoc *pdf_) : pdf (pdf_)
  {
  }

  /* FALSE: it is to be painted by itself. */
  bool paint (PaintedPage *painted, int index);

private:
  using Fonts = std::map<std::string, Ref>;

  static bool fonts_of (Dict *resources, Fonts *fonts);
  bool can_go_on (Page *page, const Fonts &fonts) const;
  void begin (Page *page, PaintedPage *painted, int index);
  void keep_fonts (const Fonts &fonts);
  void paint_annotations (Page *page);
  void close_content (Page *page);

  PDFDoc *pdf;
  std::unique_ptr<Recorder> recorder; /* longer than what paints to it */
  std::unique_ptr<Gfx> gfx;
  PDFRectangle box;
  int rotation = 0;
  Fonts kept;
};

/* A run has no more fonts: they are looked up one list after the other. */
static const size_t RUN_FONTS_LIMIT = 64;

/* FALSE: there is one that cannot be told from others. */
bool
PageRun::fonts_of (Dict *resources, Fonts *fonts)
{
  Object list = resources->lookup ("Font");
  for (int i = 0; list.isDict () && i < list.getDict ()->getLength (); i++) {
    const Object &font = list.getDict ()->getValNF (i);
    if (!font.isRef ())
      return false;
    (*fonts)[list.getDict ()->getKey (i)] = font.getRef ();
  }
  return true;
}

bool
PageRun::can_go_on (Page *page, const Fonts &fonts) const
{
  size_t count = kept.size ();
  if (!gfx || !(box == *page->getCropBox ()) || rotation != page->getRotate ())
    return false;
  for (const auto &font : fonts) {
    auto same = kept.find (font.first);
    if (same != kept.end () && !(same->second == font.second))
      return false;
    count += same == kept.end ();
  }
  return count <= RUN_FONTS_LIMIT;
}

void
PageRun::begin (Page *page, PaintedPage *painted, int index)
{
  gfx.reset ();
  kept.clear ();
  box = *page->getCropBox ();
  rotation = page->getRotate ();
  recorder = std::make_unique<Recorder> (painted, pdf);
  gfx = std::make_unique<Gfx> (pdf, recorder.get (), index + 1, nullptr, 72, 72, &box, nullptr, rotation,
                               Recorder::is_cut, recorder.get ());
}

void
PageRun::keep_fonts (const Fonts &fonts)
{
  Object list (new Dict (pdf->getXRef ())), resources (new Dict (pdf->getXRef ()));
  for (const auto &font : fonts)
    if (kept.insert (font).second)
      list.dictAdd (font.first.c_str (), Object (font.second));
  if (list.dictGetLength () == 0)
    return;
  resources.dictAdd ("Font", std::move (list));
  gfx->pushResources (resources.getDict ());
}

/* As Page::displaySlice does. */
void
PageRun::paint_annotations (Page *page)
{
  for (Annot *annotation : page->getAnnots ()->getAnnots ())
    if (decide_annotation (annotation, recorder.get ()))
      annotation->draw (gfx.get (), false);
}

/* A page may end with marked content open, or with a clip that waits for a path: the next one must not begin so. */
void
PageRun::close_content (Page *page)
{
  static const char ends[] = "EMC n";
  PaintedPage *nothing = empty_page (page);
  recorder->begin_page (nothing);
  do {
    Object content (static_cast<Stream *> (new MemStream (ends, 0, sizeof ends - 1, Object (objNull))));
    gfx->display (&content);
  } while (recorder->take_mark_ended ());
  painted_page_free (nothing);
}

bool
PageRun::paint (PaintedPage *painted, int index)
{
  Page *page = pdf->getPage (index + 1);
  Dict *resources = page->getResourceDict ();
  Fonts fonts;
  if (!resources || !fonts_of (resources, &fonts) || fonts.size () > RUN_FONTS_LIMIT)
    return false;
  if (!can_go_on (page, fonts))
    begin (page, painted, index);
  keep_fonts (fonts);
  Object others (new Dict (pdf->getXRef ()));
  for (int i = 0; i < resources->getLength (); i++)
    if (strcmp (resources->getKey (i), "Font"))
      others.dictAdd (resources->getKey (i), resources->getValNF (i).copy ());
  recorder->begin_page (painted);
  gfx->pushResources (others.getDict ());
  page->display (gfx.get ());
  paint_annotations (page);
  close_content (page);
  gfx->popResources ();
  return true;
}

/* A character and where it is, to a tenth of a point. */
using GlyphKey = std::tuple<gunichar, guint, long, long>;

static GlyphKey
key_of (const PaintedGlyph *glyph)
{
  return GlyphKey (glyph->character, glyph->code, std::lround (glyph->origin_x * 10),
                   std::lround (glyph->origin_y * 10));
}

static void
paint_page (Recorder *recorder, PDFDoc *pdf, int index)
{
  pdf->displayPage (recorder, index + 1, 72, 72, 0, false, true, false, Recorder::is_cut, recorder, decide_annotation,
                    recorder);
}

/* Nothing is painted of what is in layers that are off; libpoppler passes over it. The page is gone through again with
 * them on: what it has more then is theirs. */
static void
add_layers_that_are_off (PaintedPage *page, PDFDoc *pdf, int index)
{
  OCGs *layers = pdf->getCatalog ()->getOptContentConfig ();
  std::vector<OptionalContentGroup *> off;
  if (layers && layers->hasOCGs ())
    for (const auto &layer : layers->getOCGs ())
      if (layer.second->getState () == OptionalContentGroup::Off)
        off.push_back (layer.second.get ());
  if (off.empty ())
    return;
  PaintedPage *whole = empty_page (pdf->getPage (index + 1));
  Recorder recorder (whole, pdf);
  for (OptionalContentGroup *layer : off)
    layer->setState (OptionalContentGroup::On);
  paint_page (&recorder, pdf, index);
  for (OptionalContentGroup *layer : off)
    layer->setState (OptionalContentGroup::Off);
  std::map<GlyphKey, int> shown;
  for (guint i = 0; i < page->glyphs->len; i++)
    shown[key_of (&g_array_index (page->glyphs, PaintedGlyph, i))]++;
  for (guint i = 0; i < whole->glyphs->len; i++) {
    PaintedGlyph glyph = g_array_index (whole->glyphs, PaintedGlyph, i);
    if (shown[key_of (&glyph)]-- > 0)
      continue;
    glyph.state.clip = Box{-1e6, -1e6, -1e6, -1e6};
    glyph.state.annotation = PAINTED_NONE;
    glyph.font = PAINTED_NONE;
    g_array_append_val (page->glyphs, glyph);
  }
  painted_page_free (whole);
}

/* Lines in shadings. A style sheet may draw the line through a word as a gradient of its ground: clear, a colour between
 * two places close to each other, and clear again. Only a picture of it tells, since most such shadings are seen through
 * a soft mask. */

/* A word's ground, points. */
static const double GROUND_LEAST = 5, GROUND_MOST = 40;

/* Grounds that are looked at, on a page, and the pixels of their picture. */
static const guint GROUNDS_LIMIT = 400;
static const double GROUNDS_PIXELS_LIMIT = 6e6, GROUNDS_SCALE = 3;

/* Parts of a ground's height: the line's thickness at most, and where its middle is. Marker ink is thicker, or lower. */
static const double THIN = 0.2, MIDDLE_LEAST = 0.3, MIDDLE_MOST = 0.75;

/* Of a row of the ground: greys so far from the others', and their share. */
static const int GREY_APART = 24;
static const double ROW_SHARE = 0.9;

/* What a page paints, its letters and pictures left out: no font is opened. */
class GroundPainter : public SplashOutputDev
{
public:
  using SplashOutputDev::SplashOutputDev;
  void updateFont (GfxState *) override
  {
  }
  void drawChar (GfxState *, double, double, double, double, double, double, CharCode, int, const Unicode *,
                 int) override
  {
  }
  bool beginType3Char (GfxState *, double, double, double, double, CharCode, const Unicode *, int) override
  {
    return true;
  }
  void drawImageMask (GfxState *, Object *, Stream *, int, int, bool, bool, bool) override
  {
  }
  void drawImage (GfxState *, Object *, Stream *, int, int, GfxImageColorMap *, bool, const int *, bool) override
  {
  }
  void drawMaskedImage (GfxState *, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int, int, bool,
                        bool) override
  {
  }
  void drawSoftMaskedImage (GfxState *, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int, int,
                            GfxImageColorMap *, bool) override
  {
  }
};

static bool
is_ground_of_word (const PaintedPage *page, const PaintedPath *path)
{
  double height = path->box.y1 - path->box.y0;
  if (path->colour.known || !path->filled || height < GROUND_LEAST || height > GROUND_MOST)
    return false;
  for (guint i = 0; i < page->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, i);
    if (!glyph->space && box_has_middle (path->box, glyph->box))
      return true;
  }
  return false;
}

/* The pixels of a ground in the picture of all of them. */
struct GroundPixels {
  const guint8 *first;
  int stride, columns, rows;
};

/* Whether ROW is apart from the row OTHER nearly everywhere. */
static bool
row_is_apart (const GroundPixels &ground, int row, int other)
{
  int apart = 0;
  for (int x = 0; x < ground.columns; x++)
    apart += std::abs (ground.first[row * ground.stride + x] - ground.first[other * ground.stride + x]) > GREY_APART;
  return apart >= ROW_SHARE * ground.columns;
}

/* The rows FROM to TO (not included) of the one thin line across the ground. */
static bool
find_thin_line (const GroundPixels &ground, int *from, int *to)
{
  int top = 1, bottom = ground.rows - 2;
  if (bottom <= top || row_is_apart (ground, top, bottom))
    return false;
  *from = top;
  while (*from < bottom && !row_is_apart (ground, *from, top))
    ++*from;
  *to = *from;
  while (*to < bottom && row_is_apart (ground, *to, top))
    ++*to;
  for (int y = *to; y < bottom; y++)
    if (row_is_apart (ground, y, top))
      return false;
  double middle = (*from + *to) / 2.0 / ground.rows;
  return *to > *from && *to - *from <= THIN * ground.rows + 1 && middle >= MIDDLE_LEAST && middle <= MIDDLE_MOST;
}

/* PATH becomes the rectangle BOX in black. */
static void
become_line (PaintedPage *page, PaintedPath *path, Box box)
{
  const PathPoint points[] = {{box.x0, box.y0, PATH_MOVE},
                              {box.x1, box.y0, PATH_LINE},
                              {box.x1, box.y1, PATH_LINE},
                              {box.x0, box.y1, PATH_LINE},
                              {0, 0, PATH_CLOSE}};
  path->first = page->path_points->len;
  path->count = G_N_ELEMENTS (points);
  path->box = box;
  path->shaded = FALSE;
  path->colour = PaintedColour{0, 0, 0, TRUE};
  path->state.blend = BLEND_NORMAL;
  g_array_append_vals (page->path_points, points, G_N_ELEMENTS (points));
}

static void
find_lines_in_shadings (PaintedPage *page, PDFDoc *pdf, int index)
{
  std::vector<guint> grounds;
  Box all = {};
  for (guint i = 0; i < page->paths->len && grounds.size () < GROUNDS_LIMIT; i++) {
    const PaintedPath *path = &g_array_index (page->paths, PaintedPath, i);
    if (!is_ground_of_word (page, path))
      continue;
    grounds.push_back (i);
    all = grounds.size () == 1 ? path->box : box_union (all, path->box);
  }
  all = box_intersection (all, Box{0, 0, page->width, page->height});
  if (grounds.empty () || box_is_empty (all))
    return;
  double scale = MIN (GROUNDS_SCALE, std::sqrt (GROUNDS_PIXELS_LIMIT / ((all.x1 - all.x0) * (all.y1 - all.y0))));
  int left = static_cast<int> (all.x0 * scale), top = static_cast<int> (all.y0 * scale),
      columns = static_cast<int> (all.x1 * scale) - left + 1, rows = static_cast<int> (all.y1 * scale) - top + 1;
  SplashColor paper = {255};
  GroundPainter painter (splashModeMono8, 1, false, paper);
  painter.startDoc (pdf);
  pdf->displayPageSlice (&painter, index + 1, 72 * scale, 72 * scale, 0, false, true, false, left, top, columns, rows);
  SplashBitmap *picture = painter.getBitmap ();
  for (guint i : grounds) {
    PaintedPath *path = &g_array_index (page->paths, PaintedPath, i);
    int x0 = MAX (static_cast<int> (std::ceil (path->box.x0 * scale)) - left, 0),
        y0 = MAX (static_cast<int> (std::ceil (path->box.y0 * scale)) - top, 0),
        x1 = MIN (static_cast<int> (path->box.x1 * scale) - left, picture->getWidth ()),
        y1 = MIN (static_cast<int> (path->box.y1 * scale) - top, picture->getHeight ()), from, to;
    if (x1 <= x0 || y1 <= y0)
      continue;
    GroundPixels ground = {picture->getDataPtr () + y0 * picture->getRowSize () + x0, picture->getRowSize (), x1 - x0,
                           y1 - y0};
    if (find_thin_line (ground, &from, &to))
      become_line (page, path, Box{path->box.x0, (y0 + top + from) / scale, path->box.x1, (y0 + top + to) / scale});
  }
}

PaintedPage *
painted_page_new (PaintedDocument *document, int index)
{
  Page *pdf_page = document->pdf->getPage (index + 1);
  if (!pdf_page || !pdf_page->isOk ())
    return nullptr;
  PaintedPage *page = empty_page (pdf_page);
  Recorder recorder (page, document->pdf.get ());
  if (!document->run->paint (page, index))
    paint_page (&recorder, document->pdf.get (), index);
  add_layers_that_are_off (page, document->pdf.get (), index);
  find_lines_in_shadings (page, document->pdf.get (), index);
  for (guint i = 0; i < page->annotations->len; i++) {
    PaintedAnnotation *annotation = &g_array_index (page->annotations, PaintedAnnotation, i);
    annotation->box = box_on_page (annotation->box, pdf_page);
  }
  return page;
}

guint8 *
painted_page_picture (const PaintedPage *page, GArray *paths, guint8 ground, double left, double top, double scale,
                      int margin, int columns, int rows)
{
  SplashBitmap bitmap (columns, rows, 1, splashModeMono8, false);
  Splash splash (&bitmap, true);
  splash.clear (&ground);
  splash.setStrokeAdjust (false);
  splash.setLineJoin (splashLineJoinMiter);
  splash.setLineCap (splashLineCapButt);
  for (guint i = 0; i < paths->len; i++) {
    PictureOfPath *drawn = &g_array_index (paths, PictureOfPath, i);
    const PaintedPath *path = &g_array_index (page->paths, PaintedPath, drawn->path);
    SplashPath line;
    for (guint j = 0; j < path->count; j++) {
      const PathPoint *point = &g_array_index (page->path_points, PathPoint, path->first + j);
      double x = (point->x - left) * scale + margin, y = (point->y - top) * scale + margin;
      if (point->kind == PATH_CLOSE)
        line.close ();
      else if (point->kind == PATH_MOVE)
        line.moveTo (x, y);
      else
        line.lineTo (x, y);
    }
    if (path->filled) {
      splash.setFillPattern (new SplashSolidColor (&drawn->grey));
      splash.fill (&line, path->even_odd);
    } else {
      splash.setStrokePattern (new SplashSolidColor (&drawn->grey));
      splash.setLineWidth (drawn->width * scale);
      splash.stroke (&line);
    }
  }
  return static_cast<guint8 *> (g_memdup2 (bitmap.getDataPtr (), static_cast<gsize> (columns) * rows));
}

void
painted_page_free (PaintedPage *page)
{
  if (!page)
    return;
  g_array_unref (page->glyphs);
  g_array_unref (page->paths);
  g_array_unref (page->path_points);
  g_array_unref (page->images);
  g_array_unref (page->annotations);
  g_array_unref (page->fonts);
  g_free (page);
}
