"""One sheet without a table on pages and in texts of many makes (headed_pages.py): the items are the same each time."""
import json
import re

from dialects import TITLE
from headed_pages import ENTRIES, FIELDS, MADE_ROWS, PAGES, ROWS
from painting import ROWS as SHEET, SIZE, Painting, japanese_font, width_of
from testing import ROOT, each, same_text


def row_text(fields, **values):
    return "\t".join(str(values[field]) for field in fields)


@each(PAGES)
def test_page(program, name):
    text, fields = PAGES[name]
    sheet = json.loads(program.good("convert", "-", stdin=text.encode()).out)
    expected = [row_text(fields, number=number, category=category, name=item, answer="\\n".join(lines))
                for number, category, item, lines in ROWS]
    got = [row_text(fields, number=item["number"], category=item["category"], name=item["name"],
                    answer=item["answer"]["text"].replace("\n", "\\n") if item["answer"] else None) for item in sheet["items"]]
    same_text("\n".join(expected), "\n".join(got), name)


@each(ENTRIES)
def test_entry(program, name):
    sheet = json.loads(program.good("convert", "-", stdin=ENTRIES[name].encode()).out)
    expected = [row_text(["category", "name", "answer"], category=category, name=item, answer="、".join(lines))
                for _, category, item, lines in ROWS]
    got = [row_text(["category", "name", "answer"], category=item["category"], name=item["name"],
                    answer=item["answer"] and item["answer"]["text"]) for item in sheet["items"]]
    same_text("\n".join(expected), "\n".join(got), name)
    assert not [note for note in sheet["notes"] if note["severity"] != "info"] and not sheet["checks"], sheet["checks"]


@each(MADE_ROWS)
def test_made_rows(program, name):
    sheet = json.loads(program.good("convert", "-", stdin=MADE_ROWS[name].encode()).out)
    expected = [row_text(FIELDS, number=number, category=category, name=item, answer="\\n".join(lines))
                for number, category, item, lines in ROWS]
    got = [row_text(FIELDS, number=item["number"], category=item["category"], name=item["name"],
                    answer=item["answer"] and item["answer"]["text"].replace("\n", "\\n")) for item in sheet["items"]]
    same_text("\n".join(expected), "\n".join(got), name)
    assert not [note for note in sheet["notes"] if note["severity"] != "info"], sheet["notes"]


def items_of(program, text):
    found = json.loads(program.good("convert", "-", stdin=text.encode()).out)["items"]
    return [(item["category"], item["name"], item["answer"] and item["answer"]["text"]) for item in found]


def test_paragraphs_without_marks(program):
    """Where nothing marks a page's paragraphs, names are told by their words, and what may be another one is warned of. What names the item
    above once more answers it."""
    pairs = [("サービス時間", ["24時間365日"]), ("サービス稼働率", ["99.9%以上"]), ("通信の暗号化レベル", ["有", "TLS 1.2以上"]), ("公的認証取得の要件", ["プライバシーマーク"]),
             ("応答時間", ["3秒以内", "水槽の水位の記録", "10分ごと"]), ("ログの取得", ["有"])]
    page = "<meta charset=utf-8><h1>サービスレベル</h1>" + "".join(f"<p>{name}</p>" + "".join(f"<p>{line}</p>" for line in lines) for name, lines in pairs)
    sheet = json.loads(program.good("convert", "-", stdin=page.encode()).out)
    assert [(item["name"], item["answer"]["text"]) for item in sheet["items"]] == [(name, "\n".join(lines)) for name, lines in pairs]
    assert [note["code"] for note in sheet["notes"] if note["severity"] != "info"] == ["heading-doubtful"], sheet["notes"]


def test_first_heading_is_as_the_others(program):
    """The first heading over items heads them as the others do: with a sentence below it, or of the first level."""
    groups = [("水槽のこと", [("サービス時間", "24時間365日"), ("サービス稼働率", "99.9%以上")]), ("備えのこと", [("ログの取得", "有"), ("バックアップの方法", "毎日")])]
    wanted = [(group, *pair) for group, pairs in groups for pair in pairs]
    assert items_of(program, "<meta charset=utf-8><h1>サービスレベル</h1>" + "".join(
        f"<h2>{group}</h2><p>次のとおりです。</p>" + "".join(f"<h3>{name}</h3><p>{answer}</p>" for name, answer in pairs) for group, pairs in groups)) == wanted
    words = {"水槽のこと": "可用性", "備えのこと": "データ管理"}
    assert items_of(program, "#+TITLE: サービスレベル\n" + "".join(
        f"* {words[group]}\n" + "".join(f"** {name}\n   {answer}\n" for name, answer in pairs) for group, pairs in groups)) == [
            (words[group], name, answer) for group, name, answer in wanted]


def test_headings_without_marks(program):
    """A text whose headings have lost their marks: a phrase above a sentence is one, whatever it says; what is right below one is not."""
    text = ("ミズタマ水槽 サービスレベル目標(SLO)について\n次のサービスレベルを目指します。\n可用性\nサービス時間\n24時間365日\nただし計画停止を除きます。\n"
            "稼働率\n水槽の管理画面\n月間の稼働率は99.9%以上を目標とします。\n※外部の障害を除きます\n餌の補給への備え\n予備の餌を毎日補います。\n"
            "データ管理\nバックアップ\n毎日取得します。\n7 日前までのものを保管します。\n")
    assert items_of(program, text) == [
        ("可用性", "サービス時間", "24時間365日\nただし計画停止を除きます。"),
        ("可用性", "稼働率", "水槽の管理画面\n月間の稼働率は99.9%以上を目標とします。\n※外部の障害を除きます"),
        ("可用性", "餌の補給への備え", "予備の餌を毎日補います。"),
        ("データ管理", "バックアップ", "毎日取得します。\n7 日前までのものを保管します。")]


def test_answers_that_are_like_names(program):
    """Right under a name is its answer, though its words are those of an item too."""
    rows = [("障害監視間隔", "5分"), ("データ保護のための暗号化要件", "AES-256により暗号化"),
            ("公的認証取得の要件", "ISO/IEC 27001、プライバシーマーク"), ("通信の暗号化レベル", "TLS 1.2以上"), ("障害通知時間", "検知から30分以内")]
    rows = [(row[2], row[5]) for row in SHEET[:9]] + rows
    for first in range(9):  # a page of few lines, none of which reaches its edge, may be the last
        page = painted_list({}, {}, 0, 0, rows=[("", "", name, "", "", answer) for name, answer in rows[first:]])
        sheet = json.loads(program.good("convert", "-", stdin=page).out)
        assert [(item["name"], item["answer"] and item["answer"]["text"]) for item in sheet["items"]] == rows[first:], first


def test_headings_that_may_be_lost(program):
    """All rows of a sheet as bare lines: the names of the catalogue are heads, and what may be another head is warned of."""
    text = TITLE + "\n" + "".join(f"{name}\n" + "\n".join(lines) + "\n" for _, _, name, lines in ROWS)
    sheet = json.loads(program.good("convert", "-", stdin=text.encode()).out)
    expected = [(name, "\n".join(lines)) for _, _, name, lines in ROWS if name != "水槽の水位の記録"]
    expected[7] = ("応答時間", "3秒以内\n水槽の水位の記録\n10分ごと")
    assert [(item["name"], item["answer"]["text"]) for item in sheet["items"]] == expected
    assert [note["text"] for note in sheet["notes"] if (note["code"], note["severity"]) == ("heading-doubtful", "warning") and
            "水槽の水位の記録" in note["text"]]


def test_lines_of_cells_are_no_headings(program):
    """The cells of a table one below the other, cut where their lines ended, are not delivered as headings and answers
    without a word."""
    rows = [("サービス時間", "サービスを提供する時間帯(設備やネット", "ワーク等の点検を含む)", "時間帯", "24時間365日", "平日のみです。"),
            ("計画停止予定通知", "定期的な保守停止に関する事前連絡確認", "(方法を含む)", "有無", "30日前に通知", "有:7日前に"),
            ("サービス稼働率", "サービスを利用できる確率", "((計画サービス時間-停止", "稼働率(%)", "99.9%以上", "99.5%です。"),
            ("ディザスタリカバリ", "災害発生時のシステム復旧", "サポート体制", "有無", "遠隔地に保管", "無し"),
            ("応答時間", "処理の応答時", "間", "時間(秒)", "3秒以内", "2秒です。")]
    text = "クラウドサービスレベルのチェックリスト\nNo. 種別\nサービスレベル項目例\n規定内容\n測定単位\n設定例\n回答\n"
    text += "".join(f"{number}\n" + "\n".join(row) + "\n" for number, row in enumerate(rows, 1))
    result = program("convert", "-", stdin=text.encode())
    assert result.status == 4 or "table-lost" in [note["code"] for note in json.loads(result.out)["notes"]], result.out


def test_counted_days_are_no_number(program):
    """The number of days at a line's head is no row's number, and a row's number before 日次 or 時刻 is one."""
    text = ("ミズタマ水槽 サービスレベル\n\n1.1. サービス時間\n\n24時間365日\n\n1.2. 計画停止予定通知\n\n7 日前までに画面に出します。\n\n"
            "1.3. サービス提供終了時の事前通知\n\n3 ヶ月前までに書面でお知らせします。\n\n1.4 日次バックアップ\n\n毎日取得します。\n\n1.5. サービス稼働率\n\n99.9%\n")
    assert items_of(program, text) == [
        (None, "サービス時間", "24時間365日"), (None, "計画停止予定通知", "7 日前までに画面に出します。"),
        (None, "サービス提供終了時の事前通知", "3 ヶ月前までに書面でお知らせします。"), (None, "日次バックアップ", "毎日取得します。"),
        (None, "サービス稼働率", "99.9%")]


def test_one_heading_over_all(program):
    """A heading over all items is no category of them, unless it is a word for one."""
    pairs = "".join(f"<dt>{name}</dt><dd>{lines[0]}</dd>" for _, _, name, lines in ROWS)
    table = "".join(f"<tr><td>{name}<td>{lines[0]}" for _, _, name, lines in ROWS)
    for items in (f"<dl>{pairs}</dl>", f"<table>{table}</table>"):
        for heading, category in (("月見クラウドの水準", None), ("セキュリティ", "セキュリティ")):
            page = f"<meta charset=utf-8><h2>{heading}</h2>{items}<h2>ご連絡先</h2><p>電話</p>"
            assert [found[0] for found in items_of(program, page)] == [category] * len(ROWS), (heading, items[:4])


def test_rows_that_are_none(program):
    """Cards of three parts, which have headings, are no rows: their heads are those of items."""
    cards = "".join(f"<div class=card><h3>{name}</h3><p class=x>{number}番</p><p>{' '.join(lines)}</p></div>" for number, _, name, lines in ROWS)
    page = f"<meta charset=utf-8><h1>チェックシート</h1>{cards}"
    found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
    assert [item["answer"]["text"] for item in found] == [f"{number}番\n{' '.join(lines)}" for number, _, _, lines in ROWS]


def test_labels_of_cards(program):
    """内容 is the definition beside an answer, and the answer where there is no other."""
    def cards(form):
        return "<meta charset=utf-8><h1>チェックシート</h1>" + "".join(f"<article><h3>{name}</h3><ul>{form.format(lines[0])}</ul></article>" for _, _, name, lines in ROWS)
    for form, definition in (("<li>内容：説明です</li><li>回答：{}</li>", "説明です"), ("<li>内容：{}</li><li>備考：なし</li>", None)):
        found = json.loads(program.good("convert", "-", stdin=cards(form).encode()).out)["items"]
        assert [item["answer"]["text"] for item in found] == [lines[0] for *_, lines in ROWS]
        assert all(item["definition"] == definition for item in found)


def test_list_of_one_term_each(program):
    """An unknown name in a list of its own is an item all the same."""
    page = "<meta charset=utf-8><h1>チェックシート</h1>" + "".join(f"<div><dl><dt>{name}</dt><dd>{lines[0]}</dd></dl></div>" for _, _, name, lines in ROWS)
    found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
    assert [item["name"] for item in found] == [name for _, _, name, _ in ROWS]


def test_short_list_with_definitions(program):
    """Two terms do not tell that their dd are columns; the classes of these do."""
    def terms(items):
        return "<dl>" + "".join(f"<dt>{item['no']}. {item['name']}</dt><dd class=def>{item['definition']}</dd><dd class=ans>回答：{item['no']}番の資料</dd>"
                                for item in items) + "</dl>"
    items = json.loads((ROOT / "patterns" / "meti.json").read_text())["items"][:10]
    page = f"<meta charset=utf-8><h1>クラウドサービスレベルのチェックリスト</h1>{terms(items[:8])}<h2>信頼性</h2>{terms(items[8:])}"
    found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
    assert [item["answer"]["text"] for item in found] == [f"{item['no']}番の資料" for item in items]


LEVELS = [("サービス提供時間", "終日とします。"), ("緊急時の停止", "やむを得ず止めることがあります。"), ("サービス稼働率", "月99.5%以上を目指します。"), ("お問い合わせ窓口", "専用の画面で受け付けます。"),
          ("オンライン応答時間", "3秒以内です。"), ("障害時の通知", "1時間以内に知らせます。"), ("バックアップ", "毎日取得します。"), ("通信の暗号化", "TLS 1.2以上です。"), ("目標の見直し", "年に1度行います。")]
FORMS = {"colon": "{}：{}\n", "bullet": "・{}\n{}\n", "brackets": "【{}】{}\n", "square": "［{}］{}\n", "dash": "{} - {}\n", "bare": "{}\n{}\n", "number": "No.{number}\n{}\n{}\n"}


@each(FORMS)
def test_levels_among_other_heads(program, form):
    """Where few of the heads are METI's own words, the others are items too; the title above them is none."""
    text = "サービスレベル目標（SLO）\n当社の目標は次のとおりです。\n" + "".join(FORMS[form].format(*level, number=i) for i, level in enumerate(LEVELS, 1))
    found = json.loads(program.good("convert", "-", stdin=text.encode()).out)["items"]
    assert [(item["name"], item["answer"]["text"]) for item in found] == LEVELS


def test_answers_that_begin_with_figures(program):
    """A's mark is not the beginning of its figure, A 99.8 %, A1 24; a number below Q1 is its own."""
    pairs = [("サービスの提供時間を教えてください？", "24時間365日です"), ("稼働率はどのくらいですか？", "99.8%です"), ("バックアップは取得していますか？", "はい。毎日です"), ("通信は暗号化されていますか？", "はい。TLS 1.2以上です")]
    for form in ("<dt><b>Q{i}</b>{q}</dt><dd><b>A{i}</b>{a}</dd>", "<dt>{q}</dt><dd><i>A</i><p>{a}</p></dd>"):
        page = "<meta charset=utf-8><h1>セキュリティのご質問</h1><dl>" + "".join(form.format(i=i, q=q, a=a) for i, (q, a) in enumerate(pairs, 1)) + "</dl>"
        found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
        assert [(item["name"], item["answer"]["text"]) for item in found] == pairs


def test_nothing_is_left_out_where_a_greater_heading_ends_the_sheet(program):
    page = ("<!DOCTYPE html><html lang=ja><meta charset=utf-8><title>ミズタマ水槽</title><body><h1>ミズタマ水槽 サービスレベル目標</h1><h2>可用性</h2><h3>サービス時間</h3><p>24時間365日</p>"
            "<h3>サービス稼働率</h3><p>99.9%以上</p><h3>計画停止予定通知</h3><p>7日前までに通知します</p><h2>データ管理</h2><h3>バックアップの方法</h3><p>毎日取得します</p>"
            "<h3>バックアップデータの保存期間</h3><p>30日間</p><h1>会社のご案内</h1><p>ミズタマ水槽株式会社は水槽を作っています。</p><p>お気軽にお越しください。</p></body></html>")
    sheet = json.loads(program.good("convert", "-", stdin=page.encode()).out)
    assert [item["answer"]["text"] for item in sheet["items"]] == ["24時間365日", "99.9%以上", "7日前までに通知します", "毎日取得します", "30日間"]
    assert not [note for note in sheet["notes"] if "longer than all others" in note["text"]], sheet["notes"]


# One list of heads and answers on pages: what tells the heads, where they are no larger than the answers.
# (look of a head, of an answer, indent of answers, space above a head)
BLUE, LEADING = (0, .34, .66), 16
LOOKS = {
    "bold by its outline": ({"mode": 2}, {}, 0, 0),
    "a bold font": ({"font": "Bold"}, {}, 0, 0),
    "gothic above mincho": ({}, {"font": "Mincho"}, 0, 0),
    "another colour": ({"colour": BLUE}, {}, 0, 0),
    "answers are set in": ({}, {}, 20, 0),
    "space above": ({}, {}, 0, 8),
    "bold, with a number": ({"mode": 2, "number": True}, {}, 0, 0),
    "bold, Latin letters of another face": ({"mode": 2, "latin": True}, {}, 0, 0),
    "bold, with space": ({"mode": 2}, {}, 8, 12),
}


def paint_line(p, x, y, text, latin=False, **look):
    """LATIN: the letters of ASCII are of another face, and half a point larger."""
    for run in re.findall(r"[!-~]+|[^!-~]+", text):
        p.text(x, y, run, **({**look, "font": "Mincho", "size": SIZE + .5} if latin and run[0] <= "~" else look))
        x += width_of(run)


# A row that is none of the catalogue's tells whether heads are known by their look, and not by their words.
LISTED = (*SHEET[:5], ("6", "可用性", "水槽の水位の記録", "", "", "10分ごと"), *SHEET[6:])


def painted_list(look, body, indent, above, rows=LISTED):
    p = Painting()
    base = japanese_font("UniJIS-UTF16-H")
    p.fonts["Bold"] = base.replace(b"/HeiseiKakuGo-W5", b"/NotoSansCJKjp-Bold")
    p.fonts["Mincho"] = base.replace(b"/HeiseiKakuGo-W5", b"/HeiseiMin-W3")
    numbered = look.get("number")
    look = {key: value for key, value in look.items() if key != "number"}
    y = 60
    p.text(60, y, TITLE, size=16)
    y += 40
    for row in rows:
        head = f"{row[0]}. {row[2]}" if numbered else row[2]
        lines = row[5].split("\n")
        if y + above + LEADING * (1 + len(lines)) > 380:
            p.page()
            y = 60
        y += above
        paint_line(p, 60, y, head, **look)
        for line in lines:
            y += LEADING
            p.text(60 + indent, y, line, **body)
        y += LEADING
    return p.pdf()


@each(LOOKS)
def test_heads_on_pages(program, name):
    sheet = json.loads(program.good("convert", "-", stdin=painted_list(*LOOKS[name])).out)
    expected = [f"{row[2]}\t{row[5]}" for row in LISTED]
    same_text("\n".join(expected), "\n".join(f"{item['name']}\t{item['answer'] and item['answer']['text']}" for item in sheet["items"]), name)
    assert not [note for note in sheet["notes"] if note["severity"] != "info"], sheet["notes"]
