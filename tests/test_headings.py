"""One sheet without a table on pages and in texts of many makes (headed_pages.py): the items are the same each time."""
import json

from headed_pages import ENTRIES, PAGES, ROWS
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


def test_short_list_with_definitions(program):
    """Two terms do not tell that their dd are columns; the classes of these do."""
    def terms(items):
        return "<dl>" + "".join(f"<dt>{item['no']}. {item['name']}</dt><dd class=def>{item['definition']}</dd><dd class=ans>回答：{item['no']}番の資料</dd>"
                                for item in items) + "</dl>"
    items = json.loads((ROOT / "patterns" / "meti.json").read_text())["items"][:10]
    page = f"<meta charset=utf-8><h1>クラウドサービスレベルのチェックリスト</h1>{terms(items[:8])}<h2>信頼性</h2>{terms(items[8:])}"
    found = json.loads(program.good("convert", "-", stdin=page.encode()).out)["items"]
    assert [item["answer"]["text"] for item in found] == [f"{item['no']}番の資料" for item in items]
