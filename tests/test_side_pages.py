"""The right-hand columns of a table on pages of their own, as office programs print what is too wide."""
import json

from half_drawn import SHEET, wrapped
from painting import WIDTH, Painting
from testing import each

SIDES = (((0, 1, 2), (42, 160, 400, 760)), ((3, 4), (42, 152, 402)))
ORDERS = {"down": ((0, 0), (1, 0), (0, 1), (1, 1)), "over": ((0, 0), (0, 1), (1, 0), (1, 1))}


def draw(painting, rows, columns, edges, heights):
    tops = [40]
    for row, height in zip(rows, heights):
        for column, x0, x1 in zip(columns, edges, edges[1:]):
            for number, line in enumerate(wrapped(row[column], x1 - x0 - 6, 8)):
                painting.text(x0 + 3, tops[-1] + 10 + number * 10, line, 8)
        tops.append(tops[-1] + height)
    for y in tops:
        painting.line(edges[0], y, edges[-1], y)
    for x in edges:
        painting.line(x, tops[0], x, tops[-1])


def height_of(row):
    return 4 + 10 * max(len(wrapped(row[column], x1 - x0 - 6, 8)) for columns, edges in SIDES
                        for column, x0, x1 in zip(columns, edges, edges[1:]))


@each(ORDERS)
def test_order(program, order):
    assert SIDES[0][1][-1] < WIDTH
    rows = [SHEET["head"], *SHEET["rows"]]
    halves = rows[:6], rows[6:]
    painting = Painting()
    for number, (half, side) in enumerate(ORDERS[order]):
        if number:
            painting.page()
        draw(painting, halves[half], *SIDES[side], [height_of(row) for row in halves[half]])
    shown = program.good("show", "rows", "-", stdin=painting.pdf()).text
    found = [line.split("\t") for line in shown.splitlines() if "\t" in line]
    assert found == rows, shown
    tables = json.loads(program.good("show", "rows", "--format", "json", "-", stdin=painting.pdf()).out)["tables"]
    assert {cell["page"] for table in tables for cell in table["cells"]} == {1, 2, 3, 4}, "the cells lost their pages"
