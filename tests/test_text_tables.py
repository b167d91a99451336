"""One sheet written as text in many ways (dialects.py): the items are the same each time, and nothing is warned of."""
import json

from dialects import DIALECTS, LINE_ENDS, SHEET
from testing import each, same_text

FIELDS = ("number", "category", "name", "definition", "unit", "answer")


def words_of(item):
    texts = [(item[field]["text"] if field == "answer" and item[field] else item[field]) or "-" for field in FIELDS]
    return "\t".join(texts).replace("\n", "\\n")


@each(DIALECTS)
def test_dialect(program, name):
    sheet = json.loads(program.good("convert", "-", stdin=DIALECTS[name](SHEET).encode()).out)
    rows = ["\t".join(row).replace("\n", LINE_ENDS.get(name, "\\n")) for row in SHEET]
    same_text("\n".join(rows), "\n".join(map(words_of, sheet["items"])), name)
    warned = [note["text"] for note in sheet["notes"] if note["severity"] != "info"]
    assert not warned, warned
