"""Tables whose drawing leaves out borders, or draws more than borders (half_drawn.py): the rows are those that a person reads."""
import json

from half_drawn import LOOKS, Drawing
from testing import each, same_text


def shown(rows):
    return "\n".join(" | ".join("".join(cell.split()) for cell in row) for row in rows)


@each(LOOKS)
def test_look(program, name):
    drawing = Drawing(LOOKS[name])
    tables = json.loads(program.good("show", "rows", "--format", "json", "-", stdin=drawing.pdf()).out)["tables"]
    rows = drawing.rows
    column = drawing.look["merged"]
    if column is not None:  # a merged cell's text is in its first place
        for number in range(len(rows) - 1, 1, -1):
            if rows[number][column] == rows[number - 1][column]:
                rows[number][column] = ""
    assert tables, "no table"
    best = max(tables, key=lambda table: len(table["cells"]))
    same_text(shown(rows), shown(best["rows"]), "rows")
    assert len(tables) == 1, f"{len(tables)} tables"
