"""Forms and half-drawn tables: a person reads the same cells whatever is drawn and filled in."""
import json

from painting import Painting, HEIGHT
from testing import each

HEBREW = "afii57664 afii57665 afii57666 afii57667 afii57668 afii57669"


def tables_of(program, painting):
    return json.loads(program.good("show", "rows", "--format", "json", "-", stdin=painting.pdf()).out)["tables"]


def draw(painting, xs, ys):
    for y in ys:
        painting.line(xs[0], y, xs[-1], y)
    for x in xs:
        painting.line(x, ys[0], x, ys[-1])


def test_empty_grid_under_a_head(program):
    painting = Painting()
    heads = ("時間", "作業内容", "担当", "備考")
    draw(painting, (45, 125, 345, 425, 545), [90 + 26 * row for row in range(10)])
    for x, head in zip((50, 130, 350, 430), heads):
        painting.text(x, 107, head, 10)
    tables = tables_of(program, painting)
    assert len(tables) == 1 and tables[0]["rows"] == [list(heads)] + 8 * [["", "", "", ""]], tables


FIGURES = (("保守", "12", "3,450", "15", "4,120"), ("開発", "4", "12,800", "6", "18,050"), ("物販", "33", "9,760", "29", "8,310"))


def test_heads_flush_left_of_figures_flush_right(program):
    painting = Painting()
    for x, text in ((64, "区分"), (225, "前期"), (395, "当期")):
        painting.text(x, 100, text, 9)
    for x, text in ((154, "件数"), (224, "金額（千円）"), (324, "件数"), (394, "金額（千円）")):
        painting.text(x, 120, text, 9)
    for number, row in enumerate(FIGURES):
        painting.text(64, 140 + 20 * number, row[0], 9)
        for right, text in zip((216, 316, 386, 486), row[1:]):
            painting.text(right - 4.5 * len(text), 140 + 20 * number, text, 9)
    table = tables_of(program, painting)[0]
    assert table["rows"][1:] == [["", "件数", "金額（千円）", "件数", "金額（千円）"], *map(list, FIGURES)], table["rows"]
    spans = {cell["text"]: (cell["col0"], cell["col1"]) for cell in table["cells"] if cell["row0"] == 0}
    assert spans["前期"] == (1, 2) and spans["当期"] == (3, 4), spans


def test_rows_two_ems_apart(program):
    """Each cell fills its column, as wrapped text does; but no text is set with its lines so far apart."""
    painting = Painting()
    rows = (("サービス名", "対応", "備考"), ("ファイル", "対応", "履歴三十日"), ("メール便", "未定", "容量五十枚"), ("電話受付", "対応", "来年から"))
    for number, row in enumerate(rows):
        for x, text in zip((60, 125, 165), row):
            painting.text(x, 100 + 32 * number, text, 12)
    assert tables_of(program, painting)[0]["rows"] == [list(row) for row in rows]


def test_article_in_two_columns(program):
    text = "本規約は当社が提供するサービスの利用条件を定めるもので、利用者は本規約に同意した上でサービスを利用する。当社は必要と認めるときは変更できる。" * 8
    painting = Painting()
    for column, x in enumerate((50, 440)):
        for line in range(20):
            painting.text(x, 80 + 16 * line, text[(line + 20 * column) * 13:][:35 if line % 7 < 6 else 20], 10)
    done = program("show", "rows", "-", stdin=painting.pdf())
    assert done.status != 0, done.text


@each(("right to left", "left to right"))
def test_note_of_direction(program, name):
    painting = Painting()
    painting.fonts["H"] = (b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [65 /%s] >> >>" %
                           HEBREW.replace(" ", " /").encode())
    painting.sheet()
    painting.page()
    if name == "right to left":
        painting.add("BT /H 10 Tf 1 0 0 1 60 %d Tm (ABCDEF FEDCBA) Tj ET" % (HEIGHT - 80))
    else:
        painting.text(60, 80, "終わり")
    notes = json.loads(program.good("convert", "-", stdin=painting.pdf()).out)["notes"]
    assert [note["place"]["page"] for note in notes if note["code"] == "right-to-left"] == [2] * (name == "right to left"), notes


def test_words_as_far_apart_as_at_a_border(program):
    """Between two words there is a border in the row below: the gap there is no wider than those between the others."""
    painting = Painting()
    for y in (110, 130, 150):
        painting.line(60, y, 400, y)
    for x, top in ((60, 110), (140, 110), (216, 130), (400, 110)):
        painting.line(x, top, x, 150)
    for x, y, text in ((64, 124, "申請日"), (144, 124, "令和 6 年 4 月 12 日"), (64, 144, "電話"), (144, 144, "054 0001"), (220, 144, "内線 21")):
        painting.text(x, y, text, 10)
    assert tables_of(program, painting)[0]["rows"] == [["申請日", "令和 6 年 4 月 12 日", ""], ["電話", "054 0001", "内線 21"]]


def test_scale_of_a_chart(program):
    painting = Painting()
    for number in range(9):
        painting.text(60, 100 + 15 * number, str(160 - 20 * number), 10)
        painting.text(90 + 40 * number, 232, f"{number + 1}月", 10)
    for number, text in enumerate(("本館", "別館")):
        painting.text(450, 115 + 15 * number, text, 10)
    done = program("show", "rows", "-", stdin=painting.pdf())
    assert done.status != 0, done.text


def test_heads_at_the_foot_of_their_row(program):
    painting = Painting()
    for x, text in ((200, "Surface"), (300, "Population")):
        painting.text(x, 88, text, 10)
    rows = (("Country", "(1000 ha)", "(millions)"), ("Belgium", "3053", "11"), ("Denmark", "4290", "5"), ("Estonia", "4523", "1"))
    for number, row in enumerate(rows):
        for x, text in zip((60, 200, 300), row):
            painting.text(x, 100 + 13 * number, text, 10)
    heads, *body = tables_of(program, painting)[0]["rows"]
    assert [" ".join(head.split()) for head in heads] == ["Country", "Surface (1000 ha)", "Population (millions)"] and body == [list(row) for row in rows[1:]], heads


def test_another_table_on_the_next_page(program):
    """The columns of the page before are not taken where lines have more pieces of text."""
    painting = Painting()
    for number in range(5):
        for x in (60, 200, 340):
            painting.text(x, 100 + 16 * number, "一二三四五六七八九十一"[number:] + "二三四五六"[:number + 1], 10)
    painting.page()
    painting.text(60, 60, "Other words", 10)
    rows = [[f"{column}{number}.{number}" for column in range(6)] for number in range(1, 6)]
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            painting.text(60 + 70 * place, 100 + 16 * number, text, 10)
    assert tables_of(program, painting)[1]["rows"] == rows


def test_sub_rows_of_a_form(program):
    """Two columns in some rows that are one in most: where all of the cell is divided, and each part named, it is rows of the form."""
    painting = Painting()
    ys = range(100, 280, 20)
    for number, y in enumerate(ys):
        painting.line(140 if number in (2, 3) else 60, y, 420, y)
    for x in (60, 140, 420):
        painting.line(x, 100, x, 260)
    painting.line(200, 120, 200, 180)
    rows = [["申請日", "四月十二日", ""], ["申請者", "氏名", "山本景子"], ["", "住所", "静岡市葵区"], ["", "電話", "外線四"], ["利用日", "五月一日", ""],
            ["場所", "大会議室", ""], ["目的", "講習会", ""], ["備考", "特になし", ""]]
    for number, row in enumerate(rows):
        for x, text in zip((64, 144, 204), row):
            painting.text(x, 114 + 20 * number, text, 10)
    found = tables_of(program, painting)[0]["rows"]
    assert [row[1:] for row in found] == [row[1:] for row in rows], found


def test_gap_as_wide_as_others_of_the_line(program):
    """A gap of a line at a border that is not drawn in its row is no wider than its others: its text goes on."""
    painting = Painting()
    for y in (110, 130, 150):
        painting.line(60, y, 400, y)
    for x, top in ((60, 110), (140, 110), (234, 130), (400, 110)):
        painting.line(x, top, x, 150)
    for x, y, text in ((64, 124, "区分"), (144, 124, "甲種"), (191, 124, "乙種"), (238, 124, "丙種"), (64, 144, "電話"), (144, 144, "外線四"), (238, 144, "内線")):
        painting.text(x, y, text, 10)
    assert [cell["text"].split() for cell in tables_of(program, painting)[0]["cells"] if cell["row0"] == 0] == [["区分"], ["甲種", "乙種", "丙種"]]
