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

Way = namedtuple("Way", "paint notes")


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
        self.named = {"ExtGState": {}, "XObject": {}}
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


def seal(p, x, y, text="承認", colour=RED):
    p.circle(x, y, 14, colour)
    p.text(x - width_of(text, 9) / 2, y + 3, text, 9, colour)


def red_seal(p):
    p.sheet()
    seal(p, cell(4, "answer")[0] + 40, cell(4, "answer")[1] + 16)


def red_box_stamp(p):
    p.sheet()
    x0, y0, _, _ = cell(7, "answer")
    p.add("q %g %g %g RG 1.2 w %g %g 40 16 re S Q" % (*RED, x0 + 30, HEIGHT - y0 - 18))
    p.text(x0 + 33, y0 + 13, "受領済", 11, RED)


def stamp_annotation(p):
    p.sheet()
    x0, y0, _, _ = cell(9, "answer")
    p.annotation("Stamp", (x0 + 30, y0 + 4, x0 + 90, y0 + 26), "1 0 0 RG 1 1 58 20 re S " + text_operators(8, 7, "承認", 12, RED))


def same_words_on_every_page(p):
    p.sheet()
    for _ in range(2):
        watermark(p, "社外秘", 0, 40, GREY, 560, 330)
        p.page()
    watermark(p, "社外秘", 0, 40, GREY, 560, 330)


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
    "red box stamp": Way(red_box_stamp, OVER),
    "stamp annotation": Way(stamp_annotation, OVER),
    "same words on every page": Way(same_words_on_every_page, OVER),
    "fake bold": Way(fake_bold, ()),
    "fake bold, letter by letter": Way(fake_bold_letter_by_letter, ()),
    "drop shadow": Way(drop_shadow, ()),
    "title with a shadow": Way(title_with_a_shadow, ()),
    "struck by a line": Way(struck_by_a_line, STRUCK),
    "struck by two lines": Way(struck_by_two_lines, STRUCK),
    "struck by a fill": Way(struck_by_a_fill, STRUCK),
    "struck by an annotation": Way(struck_by_an_annotation, STRUCK),
    "underlined": Way(underlined, ()),
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
