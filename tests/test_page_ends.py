"""Rows that a page end cuts, in the ways that programs cut them (layout/join.c): the items are those of the sheet that was not cut."""
import json

from painting import BLACK, HEIGHT, SIZE, WIDTH, japanese_font, pdf_of, text_operators, wrapped
from testing import each, same_text

EDGES = (40, 80, 150, 300, 520)
HEADS = ("No.", "種別", "サービスレベル項目", "回答")
ROWS = [("1", "可用性", "サービス時間", "24時間365日（計画停止を除く）"),
        ("2", "可用性", "計画停止予定通知", "有り 停止の7日前までにお知らせします。"),
        ("3", "可用性", "サービス稼働率", "99.95%以上"),
        ("4", "可用性", "ディザスタリカバリ", "有り 二つの地域で運用します。"),
        ("5", "可用性", "重大障害時の代替手段", "無し 代わりの手段を設けていません。"),
        ("6", "可用性", "アップグレード方針", "有り 毎月更新します。"),
        ("7", "信頼性", "平均復旧時間(MTTR)", "2時間以内"),
        ("8", "信頼性", "システム監視基準", "有り 監視の内容は次のとおりです。死活監視、性能監視、不正な接続の監視を行い、異常のときは担当者に知らせます。"),
        ("9", "信頼性", "障害通知プロセス", "無し"),
        ("10", "性能", "応答時間", "3秒以内"),
        ("11", "データ管理", "バックアップの方法", "有り 毎日、東京の保管庫に写します。")]
CUT = 7  # the row that the page end cuts: as many before it as it takes to tell which column names the rows
NUMBER, CATEGORY, NAME, ANSWER = ROWS[CUT]
FIRST = wrapped(ANSWER, EDGES[4] - EDGES[3] - 8)[0]  # it reaches the right edge, so that what follows goes on
REST = ANSWER[len(FIRST):]

# What stands at the end of the first page and at the start of the second.
CUTS = {
    "the answer goes on": ((NUMBER, CATEGORY, NAME, FIRST), ("", "", "", REST)),
    "number and name are said again": ((NUMBER, CATEGORY, NAME, FIRST), (NUMBER, "", NAME, REST)),
    "all but the answer is said again": ((NUMBER, CATEGORY, NAME, FIRST), (NUMBER, CATEGORY, NAME, REST)),
    "number and name are in the second part": (("", CATEGORY, "", FIRST), (NUMBER, "", NAME, REST)),
    "the name is in the second part": ((NUMBER, CATEGORY, "", FIRST), ("", "", NAME, REST)),
    "not cut": ((NUMBER, CATEGORY, NAME, ANSWER), None),
}


def edges_of(row):
    """A row of one text has one cell; one of three has no number."""
    return EDGES[-len(row) - 1:] if len(row) > 1 else (EDGES[0], EDGES[-1])


def lines_at(row, y, height):
    """The operators of a ruled row, Y from the lower edge."""
    edges = edges_of(row)
    made = ["%g %g m %g %g l S" % (EDGES[0], at, EDGES[-1], at) for at in (y, y - height)]
    made += ["%g %g m %g %g l S" % (x, y, x, y - height) for x in edges]
    for at, text in enumerate(row):
        for number, line in enumerate(wrapped(text, edges[at + 1] - edges[at] - 8) if text else ()):
            made.append(text_operators(edges[at] + 4, y - 12 - number * 10, line, SIZE, BLACK))
    return made


def height_of(row):
    edges = edges_of(row)
    return 8 + 10 * max(len(wrapped(text, edges[at + 1] - edges[at] - 8)) for at, text in enumerate(row))


def paged(pages, title="クラウドサービスレベルのチェックリスト"):
    """A PDF of these pages, lists of rows."""
    objects, kids = {}, []
    for number, rows in enumerate(pages):
        y, made = HEIGHT - 60, ["0 0 0 RG .5 w"] + ([text_operators(40, HEIGHT - 40, title, 12)] if number == 0 else [])
        for row in rows:
            made += lines_at(row, y, height_of(row))
            y -= height_of(row)
        content = "\n".join(made).encode()
        objects[10 + 2 * number] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
        objects[11 + 2 * number] = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << /F 5 0 R >> >> >>"
                                    % (WIDTH, HEIGHT, 10 + 2 * number))
        kids.append(b"%d 0 R" % (11 + 2 * number))
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects[5] = japanese_font("UniJIS-UTF16-H")
    return pdf_of(objects)


def check(program, pages, rows=ROWS):
    sheet = json.loads(program.good("convert", "-", stdin=paged(pages)).out)
    found = ["\t".join([item["number"] or "-", item["category"] or "-", item["name"] or "-", item["answer"]["text"] or "-"]) for item in sheet["items"]]
    same_text("\n".join("\t".join(row) for row in rows), "\n".join(found), "items")
    return {note["code"] for note in sheet["notes"]}


@each([f"{cut}; {head}" for cut in CUTS for head in ("the head is repeated", "no head on the second page")])
def test_cut(program, name):
    cut, head = name.split("; ")
    above, below = CUTS[cut]
    second = ([HEADS] if head.startswith("the") else []) + ([below] if below else []) + ROWS[CUT + 1:]
    codes = check(program, [[HEADS, *ROWS[:CUT], above], second])
    assert ("row-joined-over-pages" in codes) == (below is not None), codes


LONG = "システム監視基準（監視内容／監視・通知基準）の設定に基づく監視"  # wider than its column: it reaches the right edge where it is cut


@each(["the head is repeated", "no head on the second page"])
def test_name_that_is_cut(program, head):
    """Each part names itself: without numbers, only a name that reaches the edge above, and a category that is empty below, tell."""
    part = wrapped(LONG, EDGES[3] - EDGES[2] - 8)[0]
    rows = [*ROWS[:CUT], (NUMBER, CATEGORY, LONG, ANSWER), *ROWS[CUT + 1:]]
    second = ([HEADS] if head.startswith("the") else []) + [("", "", LONG[len(part):], REST), *ROWS[CUT + 1:]]
    first = [HEADS, *ROWS[:CUT], (NUMBER, CATEGORY, part, FIRST)]
    check(program, [[row[1:] for row in page] for page in (first, second)], [("-", *row[1:]) for row in rows])


def test_rest_whose_columns_are_lost_is_warned_of(program):
    """What goes on with the next number, as wide as the sheet, is the sheet's; another table below it is not."""
    rest = [("\n".join(["設定の内容は", " ".join(row)]),) for row in ROWS[CUT:]]
    sheet = json.loads(program.good("convert", "-", stdin=paged([[HEADS, *ROWS[:CUT]], rest])).out)
    assert len(sheet["items"]) == CUT or [item["number"] for item in sheet["items"]] == [row[0] for row in ROWS], sheet["items"]
    assert len(sheet["items"]) > CUT or "text-unread" in [check["code"] for check in sheet["checks"]], sheet["checks"]
    other = [("図書館の本は\n15 冊まで借りられます。",), ("閉館は\n21 時です。",)]
    sheet = json.loads(program.good("convert", "-", stdin=paged([[HEADS, *ROWS], other])).out)
    assert len(sheet["items"]) == len(ROWS) and sheet["checks"] == [], sheet["checks"]
