"""One sheet without a table on pages and in texts of many makes (headed_pages.py): the items are the same each time."""
import json

from headed_pages import ENTRIES, FIELDS, MADE_ROWS, PAGES, ROWS
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
