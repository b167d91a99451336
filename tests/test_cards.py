"""Small tables, one for each item: a page end between two of them does not join them, and one within a table does."""
import json

from half_drawn import SHEET
from painting import Painting
from testing import each

FIELDS = ("No.", "項目", "規定内容", "測定単位", "回答")
CARDS = [(str(number), *row[1:]) for number, row in enumerate(SHEET["rows"], 1)]

# Rows on the first page, of all cards one after the other: the page ends there.
ENDS = {"between": 15, "after the first row": 16, "in the middle": 18, "before the last row": 19}


def drawn(end):
    painting, y, row = Painting(), 40, 0
    for card in CARDS[:6]:
        for field, value in zip(FIELDS, card):
            if row == end:
                painting.page()
                y = 40
            painting.text(45, y + 10, field, 8)
            painting.text(125, y + 10, value, 8)
            for edge in (y, y + 14):
                painting.line(42, edge, 800, edge)
            for x in (42, 122, 800):
                painting.line(x, y, x, y + 14)
            y += 14
            row += 1
        y += 10
    return painting.pdf()


@each(ENDS)
def test_end(program, name):
    shown = program.good("show", "rows", "-", stdin=drawn(ENDS[name])).text
    tables = [[line.split("\t") for line in table.splitlines()[1:]] for table in shown.strip().split("\n\n")]
    assert tables == [[list(pair) for pair in zip(FIELDS, card)] for card in CARDS[:6]], shown
    sheet = json.loads(program.good("convert", "-", stdin=drawn(ENDS[name])).out)
    assert [item["answer"]["text"] for item in sheet["items"]] == [card[4] for card in CARDS[:6]], sheet["items"]
