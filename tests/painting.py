"""painting - one sheet of METI's, painted in many ways: a person reads the same from each of them.

    painting = Painting()       an A4 page, landscape; x and y in points from its top left corner, y downwards
    painting.sheet()            the table: twelve rows, ruled, black on white
    painting.text(...)          whatever else is painted before, after or in place of it
    painting.pdf()              the bytes

The font is one of the standard Japanese ones, which needs no font file. A way is a function that paints: a line in WAYS,
with the codes of the notes that it asks for.
"""
import math
import zlib
from collections import namedtuple

WIDTH, HEIGHT = 842, 595
SIZE = 8
LEADING = 10
TOP, ROW_HEIGHT, HEAD_HEIGHT = 70, 34, 18
BLACK, WHITE, GREY, RED, YELLOW = (0, 0, 0), (1, 1, 1), (.8, .8, .8), (.85, .1, .1), (1, 1, .6)

TITLE = "クラウドサービスレベルのチェックリスト"
FIELDS = ("number", "category", "name", "definition", "unit", "answer")
HEADS = ("No.", "種別", "サービスレベル項目", "規定内容", "測定単位", "回答")
EDGES = (36, 60, 116, 236, 446, 506, 806)
ROWS = (
    ("1", "可用性", "サービス時間", "サービスを提供する時間帯（設備やネットワーク等の点検／保守のための計画停止時間の記述を含む）", "時間帯", "24時間365日（計画停止を除く）"),
    ("2", "可用性", "計画停止予定通知", "定期的な保守停止に関する事前連絡確認（事前通知のタイミング／方法の記述を含む）", "有無", "有り\n停止の7日前までにお知らせします。"),
    ("3", "可用性", "サービス提供終了時の事前通知", "サービス提供を終了する場合の事前連絡確認（事前通知のタイミング／方法の記述を含む）", "有無", "有り\n終了の6か月前までに通知します。"),
    ("4", "可用性", "突然のサービス提供停止に対する対処", "プログラムや、システム環境の各種設定データの預託等の措置の有無", "有無", "無し"),
    ("5", "可用性", "サービス稼働率", "サービスを利用できる確率（（計画サービス時間−停止時間）÷計画サービス時間）", "稼働率（％）", "99.95%以上"),
    ("6", "可用性", "ディザスタリカバリ", "災害発生時のシステム復旧／サポート体制", "有無", "有り"),
    ("7", "信頼性", "平均復旧時間（MTTR）", "障害発生から修理完了までの平均時間（修理時間の和÷故障回数）", "時間", "2時間以内"),
    ("8", "信頼性", "目標復旧時間（RTO）", "障害発生後のサービス提供の再開に関して設定された目標時間", "時間", "4時間以内（目標）"),
    ("9", "信頼性", "システム監視基準", "システム監視基準（監視内容／監視・通知基準）の設定に基づく監視", "有無", "有り"),
    ("10", "信頼性", "障害通知プロセス", "障害発生時の連絡プロセス（通知先／方法／経路）", "有無", "無し"),
    ("11", "性能", "応答時間", "処理の応答時間", "時間（秒）", "3秒以内"),
    ("12", "データ管理", "バックアップデータの保存期間", "データをバックアップした媒体を保管する期限", "時間", "35日間"),
)

# ANSWERS: row → the answer, where it is not that of ROWS.
Way = namedtuple("Way", "paint notes answers", defaults=({},))


def width_of(text, size=SIZE):
    return sum(size / 2 if character < "\x7f" else size for character in text)


def wrapped(text, width):
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for character in paragraph:
            if width_of(line + character) > width:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines


def cell(row, field):
    """The box of a cell: x0, y0, x1, y1. Row 0 is the head."""
    column = FIELDS.index(field)
    y0 = TOP + HEAD_HEIGHT + (row - 1) * ROW_HEIGHT if row else TOP
    return EDGES[column], y0, EDGES[column + 1], y0 + (ROW_HEIGHT if row else HEAD_HEIGHT)


def lines_of(row, field, text=None):
    """(x, y of the baseline, text) of each line of the cell, or of TEXT set there."""
    x0, y0, x1, _ = cell(row, field)
    if text is None:
        text = (HEADS if row == 0 else ROWS[row - 1])[FIELDS.index(field)]
    return [(x0 + 3, y0 + 11 + number * LEADING, line) for number, line in enumerate(wrapped(text, x1 - x0 - 6))]


class Painting:
    def __init__(self):
        self.pages = [[]]        # the operators of each page
        self.annotations = [[]]  # for each page, the numbers of their objects
        self.objects = {}        # number: bytes
        self.named = {"ExtGState": {}, "XObject": {}, "Shading": {}, "Pattern": {}, "Properties": {}}
        self.page_entries = ""   # of each page, as /Rotate 90
        self.catalogue_entries = ""
        self.fonts = {}          # name: bytes of the object, beside /F

    # Objects

    def object(self, content):
        number = 20 + len(self.objects)
        self.objects[number] = content if isinstance(content, bytes) else content.encode()
        return number

    def stream(self, head, data):
        data = data if isinstance(data, bytes) else data.encode()
        return self.object(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head.encode(), len(data), data))

    def name(self, kind, number):
        """The name of a resource that is object NUMBER."""
        name = f"{kind[0]}{number}"
        self.named[kind][name] = number
        return name

    def form(self, operators, box=(0, 0, WIDTH, HEIGHT), more=""):
        """The name of a form with these operators."""
        resources = "/Resources << /Font << /F 5 0 R >> >>"
        return self.name("XObject", self.stream("/Type /XObject /Subtype /Form /BBox [%g %g %g %g] %s %s" % (*box, resources, more), operators))

    def annotation(self, subtype, box, operators="", more=""):
        """One with the appearance OPERATORS, in points from the lower left of its box."""
        x0, y0, x1, y1 = box
        look = self.stream("/Type /XObject /Subtype /Form /BBox [0 0 %g %g] /Resources << /Font << /F 5 0 R >> >>" % (x1 - x0, y1 - y0), operators)
        self.annotations[-1].append(self.object("<< /Type /Annot /Subtype /%s /Rect [%g %g %g %g] /F 4 /AP << /N %d 0 R >> %s >>" %
                                                (subtype, x0, HEIGHT - y1, x1, HEIGHT - y0, look, more)))

    # Operators

    def add(self, operators):
        self.pages[-1].append(operators)

    def page(self):
        """Begins another page."""
        self.pages.append([])
        self.annotations.append([])

    def opacity(self, opacity, more=""):
        return "/" + self.name("ExtGState", self.object("<< /ca %g /CA %g %s >>" % (opacity, opacity, more))) + " gs "

    def text(self, x, y, text, size=SIZE, colour=BLACK, turn=0, mode=0, before="", font="F"):
        """TEXT with its baseline from X, Y, turned TURN degrees against the clock; BEFORE: other operators of its state."""
        self.add(before_and(before, text_operators(x, HEIGHT - y, text, size, colour, turn, mode, font)))

    def fill(self, x0, y0, x1, y1, colour=WHITE, before=""):
        self.add(before_and(before, "%g %g %g rg %g %g %g %g re f" % (*colour, x0, HEIGHT - y1, x1 - x0, y1 - y0)))

    def line(self, x0, y0, x1, y1, width=.5, colour=BLACK):
        self.add("q %g %g %g RG %g w %g %g m %g %g l S Q" % (*colour, width, x0, HEIGHT - y0, x1, HEIGHT - y1))

    def circle(self, x, y, radius, colour=RED, width=1):
        k = .5523 * radius
        points = ((radius, 0), (radius, k), (k, radius), (0, radius), (-k, radius), (-radius, k), (-radius, 0), (-radius, -k), (-k, -radius),
                  (0, -radius), (k, -radius), (radius, -k), (radius, 0))
        placed = ["%g %g" % (x + dx, HEIGHT - y + dy) for dx, dy in points]
        curves = " ".join(f"{' '.join(placed[at:at + 3])} c" for at in range(1, 13, 3))
        self.add("q %g %g %g RG %g w %s m %s s Q" % (*colour, width, placed[0], curves))

    def image(self, x0, y0, x1, y1, grey=255, mask=None):
        """A picture all of one grey; MASK: its soft mask, all of one grey too."""
        def picture(level, more=""):
            return self.stream("/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray"
                               " /Filter /FlateDecode " + more, zlib.compress(bytes(16 * [level])))
        number = picture(grey, "" if mask is None else f"/SMask {picture(mask)} 0 R")
        self.add("q %g 0 0 %g %g %g cm /%s Do Q" % (x1 - x0, y1 - y0, x0, HEIGHT - y1, self.name("XObject", number)))

    # The sheet

    def grid(self, colour=BLACK, width=.5):
        bottom = cell(len(ROWS), "number")[3]
        for row in range(len(ROWS) + 2):
            y = cell(row, "number")[1] if row <= len(ROWS) else bottom
            self.line(EDGES[0], y, EDGES[-1], y, width, colour)
        for x in EDGES:
            self.line(x, TOP, x, bottom, width, colour)

    def words(self, without=(), **look):
        """The words of all cells but those of WITHOUT: (row, field)."""
        for row in range(len(ROWS) + 1):
            for field in FIELDS:
                if (row, field) not in without:
                    self.cell_text(row, field, **look)

    def cell_text(self, row, field, text=None, **look):
        for x, y, line in lines_of(row, field, text):
            self.text(x, y, line, **look)

    def title(self):
        self.text(36, 50, TITLE, 12)

    def sheet(self, without=()):
        self.title()
        self.grid()
        self.words(without)

    # The file

    def pdf(self):
        pages, objects = [], dict(self.objects)
        named = " ".join("/%s << %s >>" % (kind, " ".join(f"/{name} {number} 0 R" for name, number in those.items()))
                         for kind, those in self.named.items())
        fonts = "".join(f" /{name} {self.added(objects, content)} 0 R" for name, content in self.fonts.items())
        for operators, annotations in zip(self.pages, self.annotations):
            data = zlib.compress("\n".join(operators).encode())
            content = self.added(objects, b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(data), data))
            pages.append(self.added(objects, (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Annots [%s] %s"
                " /Resources << /Font << /F 5 0 R%s >> %s >> >>" %
                (WIDTH, HEIGHT, content, " ".join(f"{number} 0 R" for number in annotations), self.page_entries, fonts, named)).encode()))
        objects[1] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % self.catalogue_entries.encode()
        objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % number for number in pages), len(pages))
        objects[5] = japanese_font("UniJIS-UTF16-H")
        return pdf_of(objects)

    @staticmethod
    def added(objects, content):
        number = max(objects, default=20) + 1
        objects[number] = content
        return number


def japanese_font(encoding):
    return (b"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /%s /DescendantFonts"
            b" [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /DW 1000 /W [1 94 500]"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor"
            b" << /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [-92 -250 1010 922] /ItalicAngle 0"
            b" /Ascent 752 /Descent -221 /CapHeight 737 /StemV 114 >> >>] >>" % encoding.encode())


def pdf_of(objects):
    """A PDF of these objects: number: bytes; 1 is the catalogue."""
    out, starts = b"%PDF-1.7\n", {}
    for number in sorted(objects):
        starts[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    size = max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % starts[number] if number in starts else b"0000000000 00000 f \n" for number in range(1, size))
    return (out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table
            + b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out)))


def before_and(before, operators):
    return f"q {before}{operators} Q"


def text_operators(x, y, text, size=SIZE, colour=BLACK, turn=0, mode=0, font="F"):
    """Here Y is from the lower edge."""
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return "%g %g %g rg BT /%s %g Tf %d Tr %.4f %.4f %.4f %.4f %g %g Tm <%s> Tj ET" % (
        *colour, font, size, mode, cosine, sine, -sine, cosine, x, y, text.encode("utf-16-be").hex())


# The ways

def plain(p):
    p.sheet()


# Not to be seen: hidden-text

INSTRUCTION = "記入例：有り・無しを選ぶ"


def instructions(p, **look):
    """In the foot of each answer, small."""
    for row in range(1, len(ROWS) + 1):
        x0, _, _, y1 = cell(row, "answer")
        p.text(x0 + 3, y1 - 4, INSTRUCTION, 5, **look)


def white_text(p):
    p.sheet()
    instructions(p, colour=WHITE)


def nearly_white_text(p):
    p.sheet()
    instructions(p, colour=(.99, 1, 1))


def white_text_in_front(p):
    instructions(p, colour=WHITE)
    p.sheet()


def text_on_a_fill_of_its_colour(p):
    for row in range(1, len(ROWS) + 1):
        p.fill(*cell(row, "answer"), YELLOW)
    instructions(p, colour=YELLOW)
    p.sheet()


def white_text_on_a_dark_head(p):
    """That is to be seen."""
    p.title()
    p.fill(EDGES[0], TOP, EDGES[-1], TOP + HEAD_HEIGHT, (.1, .2, .4))
    p.grid()
    p.words(without={(0, field) for field in FIELDS})
    for field in FIELDS:
        p.cell_text(0, field, colour=WHITE)


def dark_page(p):
    """White words on black all over: to be seen."""
    p.fill(0, 0, WIDTH, HEIGHT, BLACK)
    p.text(36, 50, TITLE, 12, WHITE)
    p.grid(WHITE)
    p.words(colour=WHITE)


OLD = {4: "有り（旧）", 7: "5時間以内", 11: "10秒以内"}


def old_answers(p, **look):
    for row, text in OLD.items():
        p.cell_text(row, "answer", text, **look)


def new_answers(p):
    for row in OLD:
        p.cell_text(row, "answer")


WITHOUT_OLD = {(row, "answer") for row in OLD}


def inner(row, field, by=1):
    x0, y0, x1, y1 = cell(row, field)
    return x0 + by, y0 + by, x1 - by, y1 - by


def under_white_boxes(p):
    p.sheet(WITHOUT_OLD)
    old_answers(p)
    for row in OLD:
        p.fill(*inner(row, "answer"))
    new_answers(p)


def under_boxes_that_are_strokes(p):
    """A stroke as thick as the line of text is high."""
    p.sheet(WITHOUT_OLD)
    old_answers(p)
    for row in OLD:
        x0, y0, x1, _ = cell(row, "answer")
        p.line(x0 + 1, y0 + 8, x1 - 1, y0 + 8, 12, WHITE)
    new_answers(p)


def under_black_boxes(p):
    """Redacted words beside the answers."""
    p.sheet()
    for row in OLD:
        x0, y0, _, _ = cell(row, "answer")
        p.text(x0 + 100, y0 + 11, "担当：山田一郎")
        p.fill(x0 + 98, y0 + 2, x0 + 165, y0 + 15, BLACK)


def under_pictures(p):
    p.sheet(WITHOUT_OLD)
    old_answers(p)
    for row in OLD:
        p.image(*inner(row, "answer"))
    new_answers(p)


def under_a_clear_picture(p):
    """A picture with a soft mask covers nothing."""
    p.sheet()
    for row in OLD:
        p.image(*inner(row, "answer"), mask=20)


def under_a_tinted_glass(p):
    """A fill that is half clear, painted later: to be seen."""
    p.sheet()
    for row in OLD:
        p.fill(*inner(row, "answer"), YELLOW, p.opacity(.4))


def under_a_multiplied_fill(p):
    """A text marker over the words: to be seen."""
    p.sheet()
    for row in OLD:
        p.fill(*inner(row, "answer"), YELLOW, p.opacity(1, "/BM /Multiply"))


def clipped(p):
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        x0, y0, _, _ = cell(row, "answer")
        p.text(x0 + 150, y0 + 11, "内部用メモ", before="%g %g 140 30 re W n " % (x0 + 3, HEIGHT - y0 + 200))


def beside_the_page(p):
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        p.text(WIDTH + 20, cell(row, "answer")[1] + 11, "内部用メモ")


def render_mode_3(p):
    p.sheet()
    instructions(p, mode=3)


def render_mode_7(p):
    p.sheet()
    instructions(p, mode=7)


def opacity_0(p):
    p.sheet()
    instructions(p, before=p.opacity(0))


def group_of_opacity_0(p):
    p.sheet()
    group = p.form("\n".join(text_operators(cell(row, "answer")[0] + 150, HEIGHT - cell(row, "answer")[1] - 11, "無し")
                             for row in range(1, len(ROWS) + 1)), more="/Group << /S /Transparency >>")
    p.add(f"q {p.opacity(0)}/{group} Do Q")


def through_a_black_mask(p):
    """A soft mask by luminosity that lets nothing through."""
    p.sheet()
    mask = p.stream("/Type /XObject /Subtype /Form /BBox [0 0 %d %d] /Group << /S /Transparency /CS /DeviceGray >>" % (WIDTH, HEIGHT),
                    "0 g 0 0 %d %d re f" % (WIDTH, HEIGHT))
    instructions(p, before=p.opacity(1, "/SMask << /S /Luminosity /G %d 0 R >>" % mask))


def white_multiplied(p):
    """White leaves what it is multiplied with as it is."""
    p.sheet()
    instructions(p, colour=WHITE, before=p.opacity(1, "/BM /Multiply"))


def specks(p):
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        p.text(cell(row, "answer")[0] + 150, cell(row, "answer")[1] + 11, "内部用メモ", .2)


def flat_letters(p):
    """As wide as a hundredth of themselves."""
    p.sheet()
    instructions(p, before="1 Tz ")


def under_pictures_with_masks(p):
    """Pictures with soft masks that are opaque all over."""
    p.sheet(WITHOUT_OLD)
    old_answers(p)
    for row in OLD:
        p.image(*inner(row, "answer"), mask=255)
    new_answers(p)


def under_a_shading(p):
    p.sheet(WITHOUT_OLD)
    old_answers(p)
    function = p.object("<< /FunctionType 2 /Domain [0 1] /C0 [1 1 .9] /C1 [1 1 1] /N 1 >>")
    shading = p.name("Shading", p.object("<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [500 0 800 0] /Function %d 0 R /Extend [true true] >>" % function))
    for row in OLD:
        x0, y0, x1, y1 = inner(row, "answer")
        p.add("q %g %g %g %g re W n /%s sh Q" % (x0, HEIGHT - y1, x1 - x0, y1 - y0, shading))
    new_answers(p)


def letters_with_a_shading_in_them(p):
    """Letters that are the clip of a shading: to be seen."""
    p.sheet(WITHOUT_OLD)
    function = p.object("<< /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >>")
    shading = p.name("Shading", p.object("<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [500 0 800 0] /Function %d 0 R /Extend [true true] >>" % function))
    for row in OLD:
        for x, y, line in lines_of(row, "answer"):
            p.add("q %s /%s sh Q" % (text_operators(x, HEIGHT - y, line, mode=7), shading))


def a_layer_for_print(p):
    """On by its setting, but off on a screen."""
    layer = p.object("<< /Type /OCG /Name (print) /Usage << /View << /ViewState /OFF >> /Print << /PrintState /ON >> >> >>")
    p.catalogue_entries += (" /OCProperties << /OCGs [%d 0 R] /D << /ON [%d 0 R] /AS [<< /Event /View /Category [/View] /OCGs [%d 0 R] >>] >> >>"
                            % (layer, layer, layer))
    p.sheet()
    p.add(f"/OC /{p.name('Properties', layer)} BDC")
    instructions(p)
    p.add("EMC")


def a_layer_that_is_off(p):
    layers = [p.object("<< /Type /OCG /Name (%s) >>" % name) for name in ("off", "on")]
    p.catalogue_entries += " /OCProperties << /OCGs [%d 0 R %d 0 R] /D << /OFF [%d 0 R] >> >>" % (*layers, layers[0])
    off, on = (p.name("Properties", layer) for layer in layers)
    p.add(f"/OC /{on} BDC")
    p.sheet()
    p.add(f"EMC /OC /{off} BDC")
    instructions(p)
    p.add("EMC")


# Lines that are no walls

def white_fill_over_lines(p):
    """Lines through the merged cells of the category, under white fills that the lines of the cells come after."""
    p.title()
    p.grid()
    for first, last in ((1, 6), (7, 10)):
        x0, y0, x1, _ = cell(first, "category")
        p.fill(x0 + .5, y0 + .5, x1 - .5, cell(last, "category")[3] - .5)
    p.words({(row, "category") for row in (2, 3, 4, 5, 6, 8, 9, 10)})


def white_lines_on_white(p):
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        x0, y0, x1, y1 = cell(row, "answer")
        p.line(x0, y0 + 13, x1, y0 + 13, .5, WHITE)
        p.line(x0 + 50, y0, x0 + 50, y1, .5, WHITE)


def picture_over_lines(p):
    p.title()
    p.grid()
    for row in range(1, len(ROWS) + 1):
        x0, y0, x1, y1 = cell(row, "answer")
        p.line(x0 + 40, y0, x0 + 40, y1)
        p.image(*inner(row, "answer", .5))
    p.words()


def white_walls(p):
    """Cells told by their grounds and the white lines between them: these are walls."""
    p.title()
    for row in range(len(ROWS) + 1):
        for field in FIELDS:
            p.fill(*cell(row, field), (.85, .9, .95) if row else (.4, .5, .7))
    p.grid(WHITE, 1)
    p.words()


# Over the page: watermark

def watermark(p, text="社外秘", turn=35, size=120, colour=GREY, x=250, y=480, before=""):
    p.text(x, y, text, size, colour, turn, before=before)


def watermark_over(p):
    p.sheet()
    watermark(p, before=p.opacity(.3))


def watermark_under(p):
    watermark(p)
    p.sheet()


def watermark_tiled(p):
    p.sheet()
    for x in range(60, 800, 150):
        for y in range(120, 560, 90):
            watermark(p, "CONFIDENTIAL", 30, 14, GREY, x, y)


def watermark_level(p):
    """As the words run, far larger and paler."""
    p.sheet()
    watermark(p, "社外秘", 0, 150, (.9, .9, .9), 200, 350)


def watermark_upright(p):
    """From the foot of the page to its head."""
    p.sheet()
    watermark(p, "SAMPLE", 90, 110, (.88, .88, .88), 480, 520)


def watermark_artifact(p):
    p.sheet()
    p.add("/Artifact << /Type /Pagination /Subtype /Watermark >> BDC")
    watermark(p, "見本", 0, 30, BLACK, 560, 300)
    p.add("EMC")


def watermark_of_outlines(p):
    """Letters that are only stroked."""
    p.sheet()
    p.text(250, 480, "社外秘", 120, GREY, 35, 1, "%g %g %g RG " % GREY)


def watermark_in_a_form(p):
    p.sheet()
    form = p.form(text_operators(250, 120, "DRAFT", 120, GREY, 35))
    p.add(f"q {p.opacity(.5)}/{form} Do Q")


def copy_line(p):
    """Who fetched it: pale, turned, over all of the page."""
    p.sheet()
    watermark(p, "複写禁止 2026-11-29 user@example.com", 20, 24, GREY, 120, 420)


def pale_line_across(p):
    """Not larger than the page's title, through the words of a row: who fetched the copy."""
    p.sheet()
    p.text(60, cell(6, "number")[1] + 14, "提供先：月見商事 2024/05/01 10:22 複写禁止", 16, (.6, .6, .6))


def seal(p, x, y, text="承認", colour=RED):
    p.circle(x, y, 14, colour)
    p.text(x - width_of(text, 9) / 2, y + 3, text, 9, colour)


def red_seal(p):
    p.sheet()
    seal(p, cell(4, "answer")[0] + 40, cell(4, "answer")[1] + 16)


def red_seal_with_a_date(p):
    p.sheet()
    x, y = cell(4, "answer")[0] + 60, cell(4, "answer")[1] + 17
    p.circle(x, y, 17, RED)
    p.text(x - 8, y - 6, "承認", 8, RED)
    p.text(x - 15, y + 2, "2026.11.30", 6, RED)
    p.text(x - 8, y + 11, "山田", 8, RED)


def red_box_stamp(p):
    p.sheet()
    x0, y0, _, _ = cell(7, "answer")
    p.add("q %g %g %g RG 1.2 w %g %g 40 16 re S Q" % (*RED, x0 + 30, HEIGHT - y0 - 18))
    p.text(x0 + 33, y0 + 13, "受領済", 11, RED)


def stamp_annotation(p):
    p.sheet()
    x0, y0, _, _ = cell(9, "answer")
    p.annotation("Stamp", (x0 + 30, y0 + 4, x0 + 90, y0 + 26), "1 0 0 RG 1 1 58 20 re S " + text_operators(8, 7, "承認", 12, RED))


# The same word once more

def fake_bold(p):
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        for x, y, line in lines_of(row, "answer") + lines_of(row, "name"):
            p.text(x + .3, y, line)


def fake_bold_letter_by_letter(p):
    p.title()
    p.grid()
    for row in range(len(ROWS) + 1):
        for field in FIELDS:
            for x, y, line in lines_of(row, field):
                for at, character in enumerate(line):
                    for off in (0, .25):
                        p.text(x + width_of(line[:at]) + off, y, character)


def drop_shadow(p):
    p.title()
    p.grid()
    for row in range(len(ROWS) + 1):
        for field in FIELDS:
            for x, y, line in lines_of(row, field):
                p.text(x + .8, y + .8, line, colour=(.7, .7, .7))
    p.words()


def title_with_a_shadow(p):
    p.text(37, 51, TITLE, 12, GREY)
    p.sheet()


def lines_that_end_within_brackets(p):
    """Though there was room for more words: a program broke them before letters of another kind."""
    p.sheet(without=[(9, "answer"), (11, "answer")])
    p.cell_text(9, "answer", "有り（AES-\n256）")
    p.cell_text(11, "answer", "3秒以内（95\nパーセンタイル）")


# Readings (ruby)

READINGS = {"可用性": "かようせい", "信頼性": "しんらいせい", "性能": "せいのう", "データ管理": "でーたかんり"}


def readings(p, size):
    """Over each category, and over the name of row 6. A reading that is longer spreads its word, half of the room at both ends; a shorter one is in the middle."""
    placed = [(row, "category", READINGS[ROWS[row - 1][1]]) for row in range(1, len(ROWS) + 1)] + [(6, "name", "でぃざすたりかばり")]
    p.sheet(without=[(row, field) for row, field, _ in placed])
    for row, field, reading in placed:
        x, y, word = lines_of(row, field)[0]
        room = max(0, width_of(reading, size) - width_of(word)) / len(word)
        p.text(x + max(0, width_of(word) - width_of(reading, size)) / 2, y, reading, size)
        for at, letter in enumerate(word):
            p.text(x + room * (at + .5) + width_of(word[:at]), y + LEADING, letter)


def small_readings(p):
    readings(p, SIZE / 2)


def readings_of_six_points(p):
    """As Writer sets them over letters of any size, with the height of a line between."""
    p.sheet(without=[(6, "answer")])
    x0, y0, _, _ = cell(6, "answer")
    p.text(x0 + 3, y0 + 18, "有り（予備に切替）")
    p.text(x0 + 3 + width_of("有り（") + 1, y0 + 18 - 10.4, "よび", 6)


def readings_as_large_as_the_word(p):
    readings(p, SIZE)


# Struck out

def struck_line(p, row, how):
    """The old answer, and HOW drawn across it; the new one is under it."""
    x0, y0, _, _ = cell(row, "answer")
    text = OLD[row]
    p.text(x0 + 3, y0 + 11, text, SIZE)
    how(x0 + 3, y0 + 11 - SIZE * .38, x0 + 3 + width_of(text))
    p.text(x0 + 3, y0 + 24, ROWS[row - 1][-1])


def struck_by_a_line(p):
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        struck_line(p, row, lambda x0, y, x1: p.line(x0, y, x1, y, .6, RED))


def struck_by_two_lines(p):
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        struck_line(p, row, lambda x0, y, x1: (p.line(x0, y - .8, x1, y - .8), p.line(x0, y + .8, x1, y + .8)))


def struck_by_a_fill(p):
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        struck_line(p, row, lambda x0, y, x1: p.fill(x0, y - .3, x1, y + .3, BLACK))


def struck_by_a_pen(p):
    """A line that wavers, as a hand draws it."""
    def waver(x0, y, x1):
        points = [(x0 - 1 + (x1 - x0 + 2) * at / 12, y + math.sin(at) * .8) for at in range(13)]
        p.add("q 1 0 0 RG 1 w %g %g m %s S Q" % (points[0][0], HEIGHT - points[0][1], " ".join("%g %g l" % (x, HEIGHT - y) for x, y in points[1:])))
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        struck_line(p, row, waver)


def struck_by_a_cross(p):
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        struck_line(p, row, lambda x0, y, x1: (p.line(x0, y - 4, x1, y + 4, 1, RED), p.line(x0, y + 4, x1, y - 4, 1, RED)))


def struck_by_dashes(p):
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        struck_line(p, row, lambda x0, y, x1: p.text(x0, y + SIZE * .38, "―" * int((x1 - x0) / SIZE)))


def struck_by_letters(p):
    """As Writer does: over the words, as often as it fits."""
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        struck_line(p, row, lambda x0, y, x1: p.text(x0, y + SIZE * .38, "/" * int((x1 - x0) / SIZE * 2)))


def ground_of_shading(p, x0, y, x1, low, high, colour):
    """A word's ground: white, with COLOUR from LOW to HIGH, parts of its height from below."""
    plain = "<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [%g %g %g] /C1 [%g %g %g] >>"
    function = "<< /FunctionType 3 /Domain [0 1] /Bounds [%g %g] /Encode [0 1 0 1 0 1] /Functions [%s] >>" % (
        low, high, " ".join(plain % (*each, *each) for each in (WHITE, colour, WHITE)))
    bottom = HEIGHT - y - SIZE * .7
    pattern = p.name("Pattern", p.object("<< /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 %g 0 %g] /Function %s /Extend [true true] >> >>" % (
        bottom, bottom + SIZE * 1.4, function)))
    p.add("q /Pattern cs /%s scn %g %g %g %g re f Q" % (pattern, x0, bottom, x1 - x0, SIZE * 1.4))


def struck_by_a_shading(p):
    """A style sheet's gradient under the words."""
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        x0, y0, _, _ = cell(row, "answer")
        ground_of_shading(p, x0 + 3, y0 + 11 - SIZE * .38, x0 + 3 + width_of(OLD[row]), .46, .54, RED)
        struck_line(p, row, lambda x0, y, x1: None)


def marker_of_a_shading(p):
    """The lower part of the words is marked; nothing is struck out."""
    p.title()
    p.grid()
    for row in range(1, len(ROWS) + 1):
        for x, y, line in lines_of(row, "answer"):
            ground_of_shading(p, x, y - SIZE * .38, x + width_of(line), .05, .4, YELLOW)
    p.words()


def upright_letters_struck(p):
    """One below the other, as browsers set vertical text: a line down their middle."""
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        x0, y0, _, _ = cell(row, "answer")
        p.text(x0 + 60, y0 + 11, ROWS[row - 1][-1])
        for at, letter in enumerate("旧値"):
            p.text(x0 + 3, y0 + 11 + at * SIZE, letter)
        p.line(x0 + 3 + SIZE / 2, y0 + 4, x0 + 3 + SIZE / 2, y0 + 4 + 2 * SIZE, .6, RED)


def wave_of_pattern(p, x0, y, x1):
    """A band filled with a pattern, as browsers paint waves."""
    if not p.named["Pattern"]:
        p.name("Pattern", p.stream("/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 4 3] /XStep 4 /YStep 3 /Resources << >>",
                                   "1 0 0 RG .7 w 0 1 m 1 2 l 3 0 l 4 1 l S"))
    (pattern,) = p.named["Pattern"]
    p.add("q /Pattern cs /%s scn %g %g %g 3 re f Q" % (pattern, x0, HEIGHT - y - 1.5, x1 - x0))


def struck_by_a_wave(p):
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        struck_line(p, row, lambda x0, y, x1: wave_of_pattern(p, x0, y, x1))


def patterns_under_words(p):
    """They strike nothing out."""
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        for x, y, line in lines_of(row, "answer"):
            wave_of_pattern(p, x, y + 2, x + width_of(line))


def soft_hyphens(p):
    """Fonts have one glyph for both hyphens, and the map of some names the soft one."""
    p.sheet({(9, "answer")})
    p.cell_text(9, "answer", "有り（AES\u00ad256）")


def waves_under_words(p):
    """They strike nothing out."""
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        for x, y, line in lines_of(row, "answer"):
            points = [(x + width_of(line) * at / 20, y + 2 + at % 2) for at in range(21)]
            p.add("q .5 w %g %g m %s S Q" % (points[0][0], HEIGHT - points[0][1], " ".join("%g %g l" % (a, HEIGHT - b) for a, b in points[1:])))


def struck_by_an_annotation(p):
    p.sheet(WITHOUT_OLD)
    for row in OLD:
        struck_line(p, row, lambda x0, y, x1: p.annotation(
            "StrikeOut", (x0, y - 5, x1, y + 5), "1 0 0 RG .8 w 0 5 m %g 5 l S" % (x1 - x0),
            "/QuadPoints [%g %g %g %g %g %g %g %g]" % (x0, HEIGHT - y + 5, x1, HEIGHT - y + 5, x0, HEIGHT - y - 5, x1, HEIGHT - y - 5)))


def underlined(p):
    """A line under the words strikes nothing out."""
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        for x, y, line in lines_of(row, "answer"):
            p.line(x, y + 1.5, x + width_of(line), y + 1.5)


# Form fields: form-field

def widget(p, box, entries, look=None):
    """A form field with the appearance LOOK: operators; a mapping of states to operators; None: none."""
    def stream(operators):
        return "%d 0 R" % p.stream("/Type /XObject /Subtype /Form /BBox [0 0 %g %g] /Resources << /Font << /F 5 0 R %s >> >>" % (
            box[2] - box[0], box[3] - box[1], "".join(f"/{name} << {content.decode()[3:-3]} >> " for name, content in p.fonts.items())), operators)
    if isinstance(look, dict):
        look = "<< %s >>" % " ".join(f"/{state} {stream(operators)}" for state, operators in look.items())
    elif look is not None:
        look = stream(look)
    x0, y0, x1, y1 = box
    number = p.object("<< /Type /Annot /Subtype /Widget /Rect [%g %g %g %g] %s %s %s >>" % (
        x0, HEIGHT - y1, x1, HEIGHT - y0, "" if "/F " in entries else "/F 4", f"/AP << /N {look} >>" if look else "", entries))
    p.annotations[-1].append(number)
    p.field_numbers = getattr(p, "field_numbers", []) + [number]
    form(p)
    return number


def form(p, more=""):
    p.form_more = more or getattr(p, "form_more", "")
    p.catalogue_entries = "/AcroForm << /Fields [%s] /DA (/F 8 Tf 0 g) /DR << /Font << /F 5 0 R >> >> %s >>" % (
        " ".join(f"{number} 0 R" for number in getattr(p, "field_numbers", [])), p.form_more)


def pdf_text(text):
    return "<FEFF%s>" % text.encode("utf-16-be").hex()


ANSWER_CELLS = {(row, "answer") for row in range(1, len(ROWS) + 1)}


def text_look(row, lines=None):
    """The words of the answer as a field sets them, in points from the lower left of its box."""
    x0, y0, _, y1 = inner(row, "answer")
    shown = lines_of(row, "answer") if lines is None else lines
    return "/Tx BMC " + " ".join(text_operators(x - x0, y1 - y, line) for x, y, line in shown) + " EMC"


def text_fields(p, look=text_look, kind="/FT /Tx /Ff 4096", value=lambda row: ROWS[row - 1][-1]):
    p.sheet(ANSWER_CELLS)
    for row in range(1, len(ROWS) + 1):
        entries = "%s /T (a%d) /DA (/F 8 Tf 0 g) /V %s" % (kind, row, pdf_text(value(row)))
        widget(p, inner(row, "answer"), entries, look and look(row))


def text_fields_without_appearance(p):
    text_fields(p, None)


def text_fields_to_be_set_by_the_viewer(p):
    """With the appearance of an older value."""
    form(p, "/NeedAppearances true")
    text_fields(p, lambda row: text_look(row, [(cell(row, "answer")[0] + 3, cell(row, "answer")[1] + 11, "（旧）未定")]))


def text_fields_cut_off(p):
    """Each appearance shows only as much of its value as fits."""
    text_fields(p, lambda row: text_look(row, [(x, y, line[:3]) for x, y, line in lines_of(row, "answer")[:1]]))


def text_fields_with_frames(p):
    text_fields(p, lambda row: "q .5 w .5 .5 296 31 re S Q " + text_look(row))


def text_fields_of_one_long_line(p):
    """In low boxes."""
    p.sheet({(7, "answer"), (8, "answer")})
    for row in (7, 8):
        x0, y0, _, _ = cell(row, "answer")
        widget(p, (x0 + 2, y0 + 4, x0 + 60, y0 + 16), "/FT /Tx /T (a%d) /V %s" % (row, pdf_text(ROWS[row - 1][-1])))


def choice_fields(p):
    p.sheet({(4, "answer"), (6, "answer"), (9, "answer"), (10, "answer")})
    options = "/Opt [%s %s]" % (pdf_text("有り"), pdf_text("無し"))
    for row in (4, 6, 9):
        widget(p, inner(row, "answer"), "/FT /Ch /Ff 131072 /T (a%d) %s /V %s" % (row, options, pdf_text(ROWS[row - 1][-1])), text_look(row))
    x0, y0, _, _ = cell(10, "answer")  # a list shows all that there is to choose
    widget(p, inner(10, "answer"), "/FT /Ch /T (a10) %s /V %s" % (options, pdf_text("無し")),
           text_look(10, [(x0 + 3, y0 + 11, "有り"), (x0 + 3, y0 + 22, "無し")]))


def export_values_of_choices(p):
    """What is chosen is shown by other words than it is stored by."""
    p.sheet({(4, "answer"), (6, "answer")})
    options = "/Opt [[(y) %s] [(n) %s]]" % (pdf_text("有り"), pdf_text("無し"))
    for row, value in ((4, "n"), (6, "y")):
        widget(p, inner(row, "answer"), f"/FT /Ch /Ff 131072 /T (a{row}) {options} /V ({value})")


def hidden_fields(p):
    """And comments, links: none of them is text."""
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        look = text_look(row, [(cell(row, "answer")[0] + 120, cell(row, "answer")[1] + 11, "下書き")])
        widget(p, inner(row, "answer"), "/F %d /FT /Tx /T (a%d) /V %s" % (2 if row % 2 else 32, row, pdf_text("下書き")), look)
    x0, y0, _, _ = cell(4, "answer")
    p.annotation("Text", (x0 + 60, y0 + 4, x0 + 80, y0 + 24), text_operators(0, 8, "注釈"), f"/Contents {pdf_text('要確認')}")
    p.annotation("Link", (x0 + 60, y0 + 4, x0 + 80, y0 + 24), "", "/A << /S /URI /URI (https://example.com/) >>")


def empty_fields(p):
    p.sheet()
    for row in (4, 6):
        x0, y0, x1, y1 = cell(row, "answer")
        widget(p, (x0 + 100, y0 + 2, x1 - 2, y1 - 2), f"/FT /Tx /T (a{row})", "/Tx BMC EMC")


BOX_ROWS = (2, 3, 4, 6, 9, 10)
BOXED = {row: "☐有り ☑無し" if row in (4, 10) else "☑有り ☐無し" for row in BOX_ROWS}
SHOWN_BOXES = {"Yes": "q .5 w .5 .5 8 8 re S 2 2 m 7 7 l 2 7 m 7 2 l S Q", "Off": "q .5 w .5 .5 8 8 re S Q"}


def boxes(p, paint, words=("有り", "無し")):
    """PAINT (p, row, n, x, y, ticked): the tick box before each of the words; its left and top."""
    p.sheet({(row, "answer") for row in BOX_ROWS})
    for row in BOX_ROWS:
        x0, y0, _, _ = cell(row, "answer")
        for n, word in enumerate(words):
            x = x0 + 6 + 50 * n
            p.text(x + 12, y0 + 14, word)
            paint(p, row, n, x, y0 + 6, (n == 1) == (row in (4, 10)))


def tick_boxes(p):
    boxes(p, lambda p, row, n, x, y, on: widget(
        p, (x, y, x + 9, y + 9), "/FT /Btn /T (b%d%d) /V /%s /AS /%s" % (row, n, *2 * ["Yes" if on else "Off"]), SHOWN_BOXES))


def tick_boxes_without_appearance(p):
    form(p, "/NeedAppearances true")
    boxes(p, lambda p, row, n, x, y, on: widget(
        p, (x, y, x + 9, y + 9), "/FT /Btn /T (b%d%d) /MK << /CA (4) >> %s" % (row, n, "/V /Yes /AS /Yes" if on else "/V /Off")))


def tick_boxes_over_printed_ones(p):
    """An empty box draws nothing: the page has it."""
    def paint(p, row, n, x, y, on):
        p.text(x, y + 8, "□", 9) if n else p.add("q .5 w %g %g 8 8 re S Q" % (x + .5, HEIGHT - y - 8.5))
        widget(p, (x, y, x + 9, y + 9), "/FT /Btn /T (b%d%d) /V /%s /AS /%s" % (row, n, *2 * ["On" if on else "Off"]),
               {"On": "q 1 w 2 2 m 7 7 l 2 7 m 7 2 l S Q"})
    boxes(p, paint)


def radio_buttons(p):
    kids = {}

    def paint(p, row, n, x, y, on):
        kids.setdefault(row, p.object("") if row not in kids else None)
        number = widget(p, (x, y, x + 9, y + 9), "/Parent %d 0 R /AS /%s" % (kids[row], f"c{n}" if on else "Off"),
                        {f"c{n}": "q .5 w .5 .5 8 8 re S 3 3 3 3 re f Q", "Off": "q .5 w .5 .5 8 8 re S Q"})
        p.field_numbers.remove(number)
        if n == 0:
            p.field_numbers.append(kids[row])
        p.objects[kids[row]] = ("<< /FT /Btn /Ff 49152 /T (r%d) /V /c%d /Kids [%s] >>" % (
            row, row in (4, 10), " ".join(f"{number - 3 * back} 0 R" for back in range(n, -1, -1)))).encode()
        form(p)
    boxes(p, paint)


def free_text(p):
    """Typed onto the page."""
    p.sheet({(4, "answer"), (7, "answer")})
    for row in (4, 7):
        box = inner(row, "answer")
        p.annotation("FreeText", box, text_look(row), "/DA (/F 8 Tf 0 g) /Contents %s" % pdf_text(ROWS[row - 1][-1]))


def free_text_without_appearance(p):
    p.sheet({(4, "answer"), (7, "answer")})
    for row in (4, 7):
        x0, y0, x1, y1 = inner(row, "answer")
        p.annotations[-1].append(p.object("<< /Type /Annot /Subtype /FreeText /F 4 /Rect [%g %g %g %g] /DA (/Helv 8 Tf 0 g) /Contents %s >>" % (
            x0, HEIGHT - y1, x1, HEIGHT - y0, pdf_text(ROWS[row - 1][-1]))))


# Marks: mark-by-shape

MARKED = {2: "○", 3: "◎", 4: "×", 6: "△", 9: "○", 10: "×"}


def drawn_marks(p, draw):
    p.sheet({(row, "answer") for row in MARKED})
    for row, mark in MARKED.items():
        x0, y0, _, _ = cell(row, "answer")
        draw(p, mark, x0 + 150, y0 + 17)


def polygon(p, points, how="s", colour=BLACK, width=1):
    placed = ["%g %g" % (x, HEIGHT - y) for x, y in points]
    p.add("q %g %g %g RG %g %g %g rg %g w %s m %s l %s Q" % (*colour, *colour, width, placed[0], " l ".join(placed[1:]), how))


def draw_by_strokes(p, mark, x, y, r=4, colour=BLACK, width=.8):
    if mark in "○◎":
        p.circle(x, y, r, colour, width)
    if mark == "◎":
        p.circle(x, y, r * .5, colour, width)
    if mark == "×":
        p.line(x - r, y - r, x + r, y + r, width, colour)
        p.line(x - r, y + r, x + r, y - r, width, colour)
    if mark == "△":
        polygon(p, ((x - r, y + r * .8), (x + r, y + r * .8), (x, y - r * .9)), "s", colour, width)


def marks_by_strokes(p):
    drawn_marks(p, draw_by_strokes)


def marks_by_fine_coloured_strokes(p):
    drawn_marks(p, lambda p, mark, x, y: draw_by_strokes(p, mark, x, y, 6, (.1, .5, .2), .3))


def disc(x, y, r, sides=24, turn=1):
    return [(x + r * math.cos(turn * at * math.tau / sides), y + r * math.sin(turn * at * math.tau / sides)) for at in range(sides)]


def marks_by_outlines(p):
    """As letters that were made into paths: filled outlines."""
    def draw(p, mark, x, y, r=4.5):
        if mark in "○◎":
            for outer in (r, r * .5)[:1 + (mark == "◎")]:
                rings = [["%g %g" % (a, HEIGHT - b) for a, b in disc(x, y, q, turn=t)] for q, t in ((outer, 1), (outer - .6, -1))]
                p.add("q 0 g %s f Q" % " ".join(f"{ring[0]} m {' l '.join(ring[1:])} l h" for ring in rings))
        if mark == "×":
            d = .5
            for s in (1, -1):
                polygon(p, ((x - r, y - s * r - d), (x - r, y - s * r + d), (x + r, y + s * r + d), (x + r, y + s * r - d)), "f")
        if mark == "△":
            outer = ((x - r, y + r * .8), (x + r, y + r * .8), (x, y - r * .9))
            inside = ((x - r * .75, y + r * .66), (x, y - r * .64), (x + r * .75, y + r * .66))
            p.add("q 0 g %s f* Q" % " ".join("%s m %s l h" % (("%g %g" % (a[0][0], HEIGHT - a[0][1])),
                                                              " l ".join("%g %g" % (u, HEIGHT - v) for u, v in a[1:])) for a in (outer, inside)))
    drawn_marks(p, draw)


def picture_of(mark, side=40):
    """Its grey values."""
    def ink(u, v):
        if mark in "○◎":
            r = math.hypot(u, v)
            return .72 < r < .92 or (mark == "◎" and .3 < r < .5)
        if mark == "×":
            return max(abs(u), abs(v)) < .85 and min(abs(u - v), abs(u + v)) < .16
        inside = (lambda k: v < .75 * k and abs(u) < (v + .85 * k) * .58)
        return v < .8 and inside(1) and not (v < .58 and abs(u) < (v + .55) * .5)
    return bytes(0 if ink((2 * x + 1) / side - 1, (2 * y + 1) / side - 1) else 255 for y in range(side) for x in range(side))


def marks_by_pictures(p, stencil=False, size=5):
    def draw(p, mark, x, y, r=size):
        data = picture_of(mark)
        look = "/BitsPerComponent 8 /ColorSpace /DeviceGray"
        if stencil:
            rows = [data[at:at + 40] for at in range(0, 1600, 40)]
            data = b"".join(int("".join("1" if level else "0" for level in row), 2).to_bytes(5, "big") for row in rows)
            look = "/ImageMask true /BitsPerComponent 1"
        number = p.stream(f"/Type /XObject /Subtype /Image /Width 40 /Height 40 {look} /Filter /FlateDecode", zlib.compress(data))
        p.add("q 0 0 .6 rg %g 0 0 %g %g %g cm /%s Do Q" % (2 * r, 2 * r, x - r, HEIGHT - y - r, p.name("XObject", number)))
    drawn_marks(p, draw)


def marks_by_stencils(p):
    marks_by_pictures(p, True)


def marks_by_large_pictures(p):
    marks_by_pictures(p, size=13)


def marks_by_clear_pictures(p):
    """Black all over, with a soft mask that has the shape."""
    def draw(p, mark, x, y, r=5):
        mask = p.stream("/Type /XObject /Subtype /Image /Width 40 /Height 40 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode",
                        zlib.compress(bytes(255 - level for level in picture_of(mark))))
        number = p.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
                          f" /SMask {mask} 0 R /Filter /FlateDecode", zlib.compress(b"\0\x50\0"))
        p.add("q %g 0 0 %g %g %g cm /%s Do Q" % (2 * r, 2 * r, x - r, HEIGHT - y - r, p.name("XObject", number)))
    drawn_marks(p, draw)


def draw_box(p, x, y, ticked, tick):
    p.add("q .6 w %g %g 8 8 re S Q" % (x + .5, HEIGHT - y - 8.5))
    if ticked:
        tick(p, x + .5, y + .5)


def draw_tick(p, x, y, size=8, colour=BLACK):
    placed = ["%g %g" % (x + u * size, HEIGHT - y - v * size) for u, v in ((.2, .55), (.42, .8), (.85, .2))]
    p.add("q %g %g %g RG 1 w %s m %s l S Q" % (*colour, placed[0], " l ".join(placed[1:])))


def drawn_tick_boxes(p):
    boxes(p, lambda p, row, n, x, y, on: draw_box(p, x, y, on, draw_tick))


def drawn_tick_boxes_with_large_ticks(p):
    """Their ends stand out of the box."""
    boxes(p, lambda p, row, n, x, y, on: draw_box(p, x, y, on, lambda p, x, y: draw_tick(p, x, y - 4, 12, RED)))


def drawn_boxes_with_crosses(p):
    def cross(p, x, y):
        p.line(x, y, x + 8, y + 8, .6)
        p.line(x, y + 8, x + 8, y, .6)
    boxes(p, lambda p, row, n, x, y, on: draw_box(p, x, y, on, cross))


def tick_boxes_of_browsers(p):
    """Those that are ticked are white ticks on a ground."""
    def paint(p, row, n, x, y, on):
        p.fill(x, y, x + 9, y + 9, WHITE)
        p.add("%s rg %g %g 9 9 re %g %g 7.6 7.6 re f*" % ("0 .46 1" if on else ".46 .46 .46", x, HEIGHT - y - 9, x + .7, HEIGHT - y - 8.3))
        if on:
            p.fill(x, y, x + 9, y + 9, (0, .46, 1))
            draw_tick(p, x + 1, y + 1, 7, WHITE)
    boxes(p, paint)


def ticks_over_printed_boxes(p):
    def paint(p, row, n, x, y, on):
        p.text(x, y + 8, "□", 9)
        if on:
            draw_tick(p, x, y - 1, 10, RED)
    boxes(p, paint)


CIRCLED = {row: "有り・○無し" if row in (4, 10) else "○有り・無し" for row in BOX_ROWS}


def chosen(p, ring, text="有り・無し"):
    """RING (p, x0, y0, x1, y1) is drawn round one of the words."""
    p.sheet({(row, "answer") for row in BOX_ROWS})
    for row in BOX_ROWS:
        x, y = cell(row, "answer")[0] + 20, cell(row, "answer")[1] + 18
        p.text(x, y, text)
        left = x + width_of(text[:-2]) if row in (4, 10) else x
        ring(p, left - 2, y - 9, left + width_of(text[-2:]) + 2, y + 3)


def ellipse(p, x0, y0, x1, y1, colour=RED):
    middle, half, k = (x0 + x1) / 2, (x1 - x0) / 2, .5523
    upper, y, high = HEIGHT - y0, HEIGHT - (y0 + y1) / 2, (y1 - y0) / 2
    p.add("q %g %g %g RG .8 w %g %g m %g %g %g %g %g %g c %g %g %g %g %g %g c %g %g %g %g %g %g c %g %g %g %g %g %g c s Q" % (
        *colour, middle + half, y, middle + half, y + k * high, middle + k * half, upper, middle, upper,
        middle - k * half, upper, middle - half, y + k * high, middle - half, y, middle - half, y - k * high, middle - k * half, y - high,
        middle, y - high, middle + k * half, y - high, middle + half, y - k * high, middle + half, y))


def rings_round_words(p):
    chosen(p, ellipse)


def boxes_round_words(p):
    chosen(p, lambda p, x0, y0, x1, y1: p.add("q .8 w %g %g %g %g re S Q" % (x0, HEIGHT - y1, x1 - x0, y1 - y0)))


def ring_annotations_round_words(p):
    def ring(p, x0, y0, x1, y1):
        part = Painting()
        ellipse(part, 1, HEIGHT - (y1 - y0) + 1, x1 - x0 - 1, HEIGHT - 1)
        p.annotation("Circle", (x0, y0, x1, y1), part.pages[0][0])
    chosen(p, ring)


def rings_that_choose_nothing(p):
    """Labels, numbers in circles, a logo of drawn letters."""
    p.sheet()
    for row in range(1, len(ROWS) + 1):
        x0, y0, x1, y1 = cell(row, "number")
        p.circle(x0 + 3 + width_of(ROWS[row - 1][0]) / 2, y0 + 8, 6, BLACK, .5)
    for at in range(4):
        p.circle(700 + 9 * at, 40, 4, RED, 1)
        p.line(705 + 9 * at, 36, 705 + 9 * at, 44, 1, RED)


# Symbol fonts: private-use

def symbol_font(name, to_unicode=None, encoding="/Encoding /WinAnsiEncoding"):
    return ("<< /Type /Font /Subtype /TrueType /BaseFont /%s %s /FirstChar 32 /LastChar 255 /Widths [%s] %s /FontDescriptor"
            " << /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200"
            " /CapHeight 700 /StemV 80 >> >>" % (name, encoding, " ".join(["900"] * 224), to_unicode or "", name)).encode()


def private_use_map(p, codes):
    return "/ToUnicode %d 0 R" % p.stream("", "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
                                          " %d beginbfchar %s endbfchar endcmap end" % (len(codes), " ".join("<%02X> <F0%02X>" % (c, c) for c in codes)))


def symbols(p, name, on, off, mapped=False, encoding="/Encoding /WinAnsiEncoding"):
    p.fonts["S"] = symbol_font(name, private_use_map(p, (on, off)) if mapped else None, encoding)
    boxes(p, lambda p, row, n, x, y, ticked: p.add("BT /S 9 Tf 1 0 0 1 %g %g Tm <%02X> Tj ET" % (x, HEIGHT - y - 8, on if ticked else off)))


def wingdings_private_use(p):
    symbols(p, "ABCDEF+Wingdings-Regular", 0xFE, 0xA8, True)


def wingdings_as_letters(p):
    symbols(p, "Wingdings", 0xFE, 0xA8)


def wingdings_2(p):
    symbols(p, "GHIJKL+Wingdings2", 0x52, 0xA3, True)


def dingbats(p):
    """Standard, with an encoding of its own."""
    p.fonts["S"] = b"<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>"
    boxes(p, lambda p, row, n, x, y, ticked: p.add("BT /S 9 Tf 1 0 0 1 %g %g Tm <%02X> Tj ET" % (x, HEIGHT - y - 8, 0x34 if ticked else 0x71)))


def unknown_symbols(p):
    """Nobody knows what these look like: kept, and said."""
    p.fonts["S"] = symbol_font("ABCDEF+HouseMarks", private_use_map(p, (0x41,)))
    p.sheet()
    x0, y0, _, _ = cell(4, "answer")
    p.add("BT /S 8 Tf 1 0 0 1 %g %g Tm <41> Tj ET" % (x0 + 60, HEIGHT - y0 - 11))


def drawn_glyphs(p):
    """A font whose only glyph is a drawing that is called a letter: kept as the letter, and said."""
    tick = p.stream("", "700 0 0 0 700 700 d1 80 w 50 350 m 250 100 l 650 650 l S")
    p.fonts["S"] = (b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 700 700] /FontMatrix [.001 0 0 .001 0 0] /Resources << >>"
                    b" /CharProcs << /a %d 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [700] >>" % tick)
    p.sheet()
    x0, y0, _, _ = cell(4, "answer")
    p.add("BT /S 8 Tf 1 0 0 1 %g %g Tm (a) Tj ET" % (x0 + 60, HEIGHT - y0 - 11))


# Two at once

def both(*ways):
    """WAYS that each paint the sheet; it is painted once, in the first."""
    def paint(p):
        ways[0](p)
        whole, p.sheet = p.sheet, lambda without=(): None
        for way in ways[1:]:
            way(p)
        p.sheet = whole
    return paint


HIDDEN, OVER, STRUCK = ("hidden-text",), ("watermark",), ("struck-out",)
FIELD, SHAPE, PRIVATE = ("form-field",), ("mark-by-shape",), ("private-use",)

WAYS = {
    "plain": Way(plain, ()),
    "white text": Way(white_text, HIDDEN),
    "nearly white text": Way(nearly_white_text, HIDDEN),
    "white text painted first": Way(white_text_in_front, HIDDEN),
    "text on a fill of its colour": Way(text_on_a_fill_of_its_colour, HIDDEN),
    "white text on a dark head": Way(white_text_on_a_dark_head, ()),
    "dark page": Way(dark_page, ()),
    "under white boxes": Way(under_white_boxes, HIDDEN),
    "under thick strokes": Way(under_boxes_that_are_strokes, HIDDEN),
    "under black boxes": Way(under_black_boxes, HIDDEN),
    "under pictures": Way(under_pictures, HIDDEN),
    "under a clear picture": Way(under_a_clear_picture, ()),
    "under a tinted glass": Way(under_a_tinted_glass, ()),
    "under a text marker": Way(under_a_multiplied_fill, ()),
    "clipped": Way(clipped, HIDDEN),
    "beside the page": Way(beside_the_page, HIDDEN),
    "render mode 3": Way(render_mode_3, HIDDEN),
    "render mode 7": Way(render_mode_7, HIDDEN),
    "opacity 0": Way(opacity_0, HIDDEN),
    "group of opacity 0": Way(group_of_opacity_0, HIDDEN),
    "through a black mask": Way(through_a_black_mask, HIDDEN),
    "white, multiplied": Way(white_multiplied, HIDDEN),
    "specks": Way(specks, HIDDEN),
    "flat letters": Way(flat_letters, HIDDEN),
    "under pictures with masks": Way(under_pictures_with_masks, HIDDEN),
    "under a shading": Way(under_a_shading, HIDDEN),
    "letters with a shading in them": Way(letters_with_a_shading_in_them, ()),
    "a layer for print": Way(a_layer_for_print, HIDDEN),
    "a layer that is off": Way(a_layer_that_is_off, HIDDEN),
    "white fill over lines": Way(white_fill_over_lines, ()),
    "white lines on white": Way(white_lines_on_white, ()),
    "picture over lines": Way(picture_over_lines, ()),
    "white walls": Way(white_walls, ()),
    "watermark over": Way(watermark_over, OVER),
    "watermark under": Way(watermark_under, OVER),
    "watermark tiled": Way(watermark_tiled, OVER),
    "watermark level": Way(watermark_level, OVER),
    "watermark upright": Way(watermark_upright, OVER),
    "watermark artifact": Way(watermark_artifact, OVER),
    "watermark of outlines": Way(watermark_of_outlines, OVER),
    "watermark in a form": Way(watermark_in_a_form, OVER),
    "copy line": Way(copy_line, OVER),
    "red seal": Way(red_seal, OVER),
    "red seal with a date": Way(red_seal_with_a_date, OVER),
    "red box stamp": Way(red_box_stamp, OVER),
    "stamp annotation": Way(stamp_annotation, OVER),
    "fake bold": Way(fake_bold, ()),
    "fake bold, letter by letter": Way(fake_bold_letter_by_letter, ()),
    "drop shadow": Way(drop_shadow, ()),
    "title with a shadow": Way(title_with_a_shadow, ()),
    "lines that end within brackets": Way(lines_that_end_within_brackets, (), {9: "有り（AES-256）", 11: "3秒以内（95パーセンタイル）"}),
    "small readings": Way(small_readings, ()),
    "readings of six points": Way(readings_of_six_points, (), {6: "有り（予備に切替）"}),
    "readings as large as the word": Way(readings_as_large_as_the_word, ()),
    "struck by a line": Way(struck_by_a_line, STRUCK),
    "struck by two lines": Way(struck_by_two_lines, STRUCK),
    "struck by a fill": Way(struck_by_a_fill, STRUCK),
    "struck by an annotation": Way(struck_by_an_annotation, STRUCK),
    "struck by a pen": Way(struck_by_a_pen, STRUCK),
    "struck by a cross": Way(struck_by_a_cross, STRUCK),
    "struck by dashes": Way(struck_by_dashes, STRUCK),
    "struck by letters": Way(struck_by_letters, STRUCK),
    "struck by a shading": Way(struck_by_a_shading, STRUCK),
    "marked by a shading": Way(marker_of_a_shading, ()),
    "upright letters struck": Way(upright_letters_struck, STRUCK),
    "underlined": Way(underlined, ()),
    "waves under words": Way(waves_under_words, ()),
    "struck by a wave": Way(struck_by_a_wave, STRUCK),
    "patterns under words": Way(patterns_under_words, ()),
    "soft hyphens": Way(soft_hyphens, (), {9: "有り（AES-256）"}),
    "a pale line across": Way(pale_line_across, OVER),
    "text fields": Way(text_fields, FIELD),
    "text fields without appearance": Way(text_fields_without_appearance, FIELD),
    "text fields to be set by the viewer": Way(text_fields_to_be_set_by_the_viewer, FIELD),
    "text fields cut off": Way(text_fields_cut_off, FIELD),
    "text fields with frames": Way(text_fields_with_frames, FIELD),
    "text fields of one long line": Way(text_fields_of_one_long_line, FIELD),
    "choice fields": Way(choice_fields, FIELD),
    "export values of choices": Way(export_values_of_choices, FIELD),
    "hidden fields": Way(hidden_fields, HIDDEN),
    "empty fields": Way(empty_fields, ()),
    "tick boxes": Way(tick_boxes, FIELD, BOXED),
    "tick boxes without appearance": Way(tick_boxes_without_appearance, FIELD, BOXED),
    "tick boxes over printed ones": Way(tick_boxes_over_printed_ones, FIELD, BOXED),
    "radio buttons": Way(radio_buttons, FIELD, BOXED),
    "free text": Way(free_text, FIELD),
    "free text without appearance": Way(free_text_without_appearance, FIELD),
    "marks by strokes": Way(marks_by_strokes, SHAPE, MARKED),
    "marks by fine coloured strokes": Way(marks_by_fine_coloured_strokes, SHAPE, MARKED),
    "marks by outlines": Way(marks_by_outlines, SHAPE, MARKED),
    "marks by pictures": Way(marks_by_pictures, SHAPE, MARKED),
    "marks by large pictures": Way(marks_by_large_pictures, SHAPE, MARKED),
    "marks by stencils": Way(marks_by_stencils, SHAPE, MARKED),
    "marks by clear pictures": Way(marks_by_clear_pictures, SHAPE, MARKED),
    "drawn tick boxes": Way(drawn_tick_boxes, SHAPE, BOXED),
    "drawn tick boxes, large ticks": Way(drawn_tick_boxes_with_large_ticks, SHAPE, BOXED),
    "drawn boxes with crosses": Way(drawn_boxes_with_crosses, SHAPE, {row: text.replace("☑", "☒") for row, text in BOXED.items()}),
    "tick boxes of browsers": Way(tick_boxes_of_browsers, SHAPE, BOXED),
    "ticks over printed boxes": Way(ticks_over_printed_boxes, SHAPE, {row: text.replace("☐", "□") for row, text in BOXED.items()}),
    "rings round words": Way(rings_round_words, SHAPE, CIRCLED),
    "boxes round words": Way(boxes_round_words, SHAPE, CIRCLED),
    "ring annotations round words": Way(ring_annotations_round_words, SHAPE, CIRCLED),
    "rings that choose nothing": Way(rings_that_choose_nothing, ()),
    "Wingdings, private use": Way(wingdings_private_use, PRIVATE, BOXED),
    "Wingdings as letters": Way(wingdings_as_letters, ("private-use",), BOXED),
    "Wingdings 2": Way(wingdings_2, PRIVATE, {row: text.replace("☐", "□") for row, text in BOXED.items()}),
    "Dingbats": Way(dingbats, (), {row: text.replace("☑", "✔").replace("☐", "❑") for row, text in BOXED.items()}),
    "drawn glyphs": Way(drawn_glyphs, SHAPE, {4: "無し a"}),
    "unknown symbols": Way(unknown_symbols, PRIVATE, {4: "無し \uf041"}),
    "marks under a watermark": Way(both(marks_by_strokes, watermark_over), SHAPE + OVER, MARKED),
    "fields and white text": Way(both(text_fields, white_text), FIELD + HIDDEN),
    "white text and a watermark": Way(both(white_text, watermark_over), HIDDEN + OVER),
    "covered text and a seal": Way(both(under_white_boxes, red_seal), HIDDEN + OVER),
    "struck out under a watermark": Way(both(struck_by_a_line, watermark_over), STRUCK + OVER),
    "fake bold and a tiled watermark": Way(both(fake_bold, watermark_tiled), OVER),
    "struck out and white text": Way(both(struck_by_two_lines, white_text), STRUCK + HIDDEN),
}


def painted(name):
    """The PDF of a way."""
    painting = Painting()
    WAYS[name].paint(painting)
    return painting.pdf()
