"""Small tables side by side, titles within a table, heads of several levels, and what is said of pages whose text runs down."""
import json

from painting import Painting
from testing import same_text

LABELS = ("Name", "Region", "Users", "Contact")
CARDS = [("Alpha", "Tokyo", "12 people", "Desk"), ("Beta", "Osaka", "31 people", "Mail"), ("Gamma", "Nagoya", "9 people", "Phone"),
         ("Delta", "Sapporo", "40 people", "Desk")]


def tables_of(program, painting):
    return json.loads(program.good("show", "rows", "--format", "json", "-", stdin=painting.pdf()).out)["tables"]


def shown(tables):
    return "\n\n".join("\n".join(" | ".join("".join(cell.split()) for cell in row) for row in table["rows"]) for table in tables)


def test_cards_are_tables_of_their_own(program):
    painting = Painting()
    for number, card in enumerate(CARDS):
        for row, (label, value) in enumerate(zip(LABELS, card)):
            painting.text(60 + number % 2 * 360, 90 + number // 2 * 90 + row * 12, label, 9)
            painting.text(130 + number % 2 * 360, 90 + number // 2 * 90 + row * 12, value, 9)
    wanted = "\n\n".join("\n".join(f"{label} | {''.join(value.split())}" for label, value in zip(LABELS, card)) for card in CARDS)
    same_text(wanted, shown(tables_of(program, painting)), "cards")


def test_four_columns_with_a_head_are_one_table(program):
    painting = Painting()
    rows = [("種別", "項目", "担当", "期日"), ("可用性", "稼働率", "運用部", "四月"), ("可用性", "停止通知", "運用部", "五月"),
            ("信頼性", "復旧時間", "開発部", "六月"), ("信頼性", "障害通知", "開発部", "七月")]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            painting.text((60, 140, 420, 520)[column], 90 + number * 14 + (number > 2) * 12, text, 9)
    assert len(tables_of(program, painting)) == 1


def test_label_between_two_levels_of_heads(program):
    painting = Painting()
    for x, y, text in ((60, 96, "地域"), (180, 90, "上期"), (320, 90, "下期"), (150, 102, "件数"), (210, 102, "金額"), (290, 102, "件数"),
                       (350, 102, "金額")):
        painting.text(x, y, text, 9)
    rows = [("東日本", "120", "3,400", "131", "3,650"), ("西日本", "98", "2,710", "104", "2,900"), ("海外", "15", "820", "22", "1,130")]
    for number, row in enumerate(rows):
        for x, text in zip((60, 150, 210, 290, 350), row):
            painting.text(x, 118 + number * 14, text, 9)
    painting.line(60, 106, 380, 106)
    cells = tables_of(program, painting)[0]["cells"]
    label = next(cell for cell in cells if cell["text"] == "地域")
    assert (label["row0"], label["row1"]) == (0, 1), label
    assert next(cell for cell in cells if cell["text"] == "上期")["row0"] == 0
    assert sum(cell["text"] == "件数" and cell["row0"] == 1 for cell in cells) == 2


def test_what_is_said_again_begins_a_row(program):
    painting = Painting()
    rows = [("分類", "確認事項", "回答"), ("認証", "文字数", "12字"), ("認証", "多要素", "有"), ("通信", "暗号化", "TLS"), ("通信", "証明書", "90日")]
    for number, row in enumerate(rows):
        for x, text in zip((60, 100, 150), row):
            painting.text(x, 90 + number * 11 + (number + 1) // 2 * 8, text, 9)
    same_text("\n".join(" | ".join(row) for row in rows), shown(tables_of(program, painting)), "rows")


def test_text_that_runs_down_is_noted(program):
    painting = Painting()
    painting.sheet()
    turned = painting.pdf().replace(b"/MediaBox", b"/Rotate 90 /MediaBox")
    sheet = json.loads(program.good("convert", "-", stdin=turned).out)
    assert "vertical-writing" in [note["code"] for note in sheet["notes"]]
    straight = json.loads(program.good("convert", "-", stdin=painting.pdf()).out)
    assert "vertical-writing" not in [note["code"] for note in straight["notes"]]
