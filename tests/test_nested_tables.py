"""A table in a cell is the cell's text, whether its lines touch the cell's or not."""
import json

from painting import EDGES, HEAD_HEIGHT, ROW_HEIGHT, TOP, Painting
from testing import each

INSETS = {"apart": (4, 4), "touching at the right": (4, 0), "touching at both sides": (0, 0), "small": (4, 120)}
NESTED = (("年度", "件数"), ("2026", "4件"))


@each(INSETS)
def test_nested(program, name):
    left, right = INSETS[name]
    row, height = 5, 10
    painting = Painting()
    painting.sheet()
    x0, x1 = EDGES[5] + left, EDGES[6] - right
    y0 = TOP + HEAD_HEIGHT + (row - 1) * ROW_HEIGHT + 13
    middle = (x0 + x1) / 2
    for y in (y0, y0 + height, y0 + 2 * height):
        painting.line(x0, y, x1, y)
    for x in (x0, middle, x1):
        painting.line(x, y0, x, y0 + 2 * height)
    for number, (one, other) in enumerate(NESTED):
        painting.text(x0 + 3, y0 + 8 + number * height, one)
        painting.text(middle + 3, y0 + 8 + number * height, other)
    tables = json.loads(program.good("show", "rows", "--format", "json", "-", stdin=painting.pdf()).out)["tables"]
    assert len(tables) == 1 and {len(row) for row in tables[0]["rows"]} == {6} and len(tables[0]["rows"]) == 13, tables
    assert tables[0]["rows"][row][5] == "99.95%以上\n年度 件数\n2026 4件", tables[0]["rows"][row]
