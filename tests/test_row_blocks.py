"""One sheet whose items are blocks of rows of a table: the items are the same each time, and nothing is warned of."""
import json

from testing import ROOT, each, same_text

ITEMS = [item for item in json.loads((ROOT / "patterns" / "meti.json").read_text())["items"] if item["no"] in (1, 2, 5, 6, 10, 11, 14, 18)]
ANSWERS = ["24時間365日", "有\n7日前に知らせます。", "99.9%以上", "無", "2時間", "4時間以内", "有\n電子メール", "有\n・操作ログ\n・認証ログ"]
ROWS = [(str(number + 1), item["category"], item["name"], item["definition"], answer) for number, (item, answer) in enumerate(zip(ITEMS, ANSWERS))]
UNKNOWN = ("9", "性能", "水槽の水位の記録", "水位を測り、残す間隔", "10分ごと")


def cells(*texts, span=0):
    mark = f" colspan={span}" if span else ""
    return "<tr>" + "".join(f"<td{mark}>{text}</td>" for text in texts) + "</tr>"


def in_category(write, span):
    """The blocks that WRITE makes, under a banner of their category."""
    def table(rows):
        text, last = "", None
        for row in rows:
            text += cells(row[1], span=span) if row[1] != last else ""
            text += write(*row)
            last = row[1]
        return text
    return table


def side_by_side(columns):
    """Cards, the name of each over its answer."""
    def table(rows):
        bands = [rows[start:start + columns] for start in range(0, len(rows), columns)]
        return "".join(cells(*(row[2] for row in band)) + cells(*(row[4] for row in band)) for band in bands)
    return table


def blocks(write):
    return lambda rows: "".join(write(*row) for row in rows)


# How the table is written, and which fields of an item it has: number, category, name, definition, answer.
FORMS = {
    "answer-below": (blocks(lambda no, cat, name, text, answer: cells(no, name) + cells("", answer)), (0, 2, 4)),
    "answer-below-span": (blocks(lambda no, cat, name, text, answer: cells(f"{no}. {name}", span=2) + cells(answer, span=2)), (0, 2, 4)),
    "answer-below-number-over-both": (blocks(lambda no, cat, name, text, answer:
                                             f"<tr><td rowspan=2>{no}<td>{name}</tr><tr><td>{answer}</tr>"), (0, 2, 4)),
    "answer-below-banners": (in_category(lambda no, cat, name, text, answer: cells(no, name) + cells("", answer), 2), (0, 1, 2, 4)),
    "three-rows": (blocks(lambda no, cat, name, text, answer: cells(no, name) + cells("", text) + cells("", answer)), (0, 2, 3, 4)),
    "labels": (blocks(lambda no, cat, name, text, answer: cells(name, span=2) + cells("規定内容", text) + cells("回答", answer)), (2, 3, 4)),
    "one-label": (blocks(lambda no, cat, name, text, answer: cells(no, name) + cells("回答", answer)), (0, 2, 4)),
    "labels-banners": (in_category(lambda no, cat, name, text, answer: cells(no, name) + cells("説明", text) + cells("当社回答", answer), 2), (0, 1, 2, 3, 4)),
    "labels-all": (blocks(lambda no, cat, name, text, answer: cells("No.", no) + cells("項目", name) + cells("種別", cat) + cells("回答", answer)), (0, 1, 2, 4)),
    "labels-pairs": (blocks(lambda no, cat, name, text, answer: cells("No.", no, "分類", cat) + cells("項目", name, "回答", answer)), (0, 1, 2, 4)),
    "labels-left-out": (blocks(lambda no, cat, name, text, answer: cells("項目", name) + (cells("規定内容", text) if int(no) % 2 else "") + cells("回答", answer)), (2, 4)),
    "two-cards": (side_by_side(2), (2, 4)),
    "three-cards": (side_by_side(3), (2, 4)),
}


@each(FORMS)
def test_form(program, name):
    write, fields = FORMS[name]
    for rows in (ROWS, ROWS[:5] + [UNKNOWN] + ROWS[5:]):
        rows = [(str(number + 1), *row[1:]) for number, row in enumerate(rows)] if rows != ROWS else rows
        page = f"<meta charset=utf-8><h1>サービスレベルチェックシート</h1><table>{write(rows)}</table>".replace("\n", "<br>")
        sheet = json.loads(program.good("convert", "-", stdin=page.encode()).out)
        got = [(item["number"], item["category"] or item["section"], item["name"], item["definition"], item["answer"] and item["answer"]["text"]) for item in sheet["items"]]
        same_text("\n".join("\t".join(row[field] for field in fields) for row in rows).replace("\n\t", "\t"),
                  "\n".join("\t".join(str(row[field]) for field in fields) for row in got).replace("\n\t", "\t"), name)
        warned = [note["text"] for note in sheet["notes"] if note["severity"] != "info"]
        assert not warned, warned


def test_cards_of_two_products(program):
    """The items come again for a second product: so do the cards."""
    bands = [ROWS[:4], ROWS[4:]]
    rows = "".join(cells(*(row[2] for row in band)) + cells(*(product + row[4] for row in band)) for product in ("", "予備機: ") for band in bands)
    page = f"<meta charset=utf-8><h1>サービスレベルチェックシート</h1><table>{rows}</table>".replace("\n", "<br>")
    found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
    assert [(item["name"], item["answer"]["text"]) for item in found] == [(row[2], product + row[4]) for product in ("", "予備機: ") for row in ROWS]


def test_two_rows_an_item_with_heads(program):
    """A head for the answers beside the names: rows are rows, though each second one goes on with the one above."""
    rows = "".join(cells(no, name, answer) + cells("", "", "補足です。") for no, _, name, _, answer in ROWS)
    page = f"<meta charset=utf-8><table><tr><th>No.<th>項目<th>回答</tr>{rows}</table>".replace("\n", "<br>")
    found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
    assert [item["answer"]["text"] for item in found] == [f"{row[4]}\n補足です。" for row in ROWS]
