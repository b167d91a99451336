"""One sheet painted in many ways (painting.py): the items are the same each time, and what a way leaves out is noted."""
import json

from painting import FIELDS, ROWS, WAYS, painted
from testing import each, same_text

# These say nothing about what is seen: a note of another code is a fault.
SEEN = {"hidden-text", "watermark", "struck-out", "form-field", "mark-by-shape", "private-use"}


def words_of(item):
    return "\t".join((item[field]["text"] if field == "answer" and item[field] else item[field]) or "-" for field in FIELDS)


@each(WAYS)
def test_way(program, name):
    sheet = json.loads(program.good("convert", "-", stdin=painted(name)).out)
    rows = [row[:-1] + (WAYS[name].answers.get(number, row[-1]),) for number, row in enumerate(ROWS, 1)]
    same_text("\n".join("\t".join(row) for row in rows), "\n".join(map(words_of, sheet["items"])), name)
    codes = {note["code"] for note in sheet["notes"]} & SEEN
    assert codes == set(WAYS[name].notes), f"notes {sorted(codes)}, expected {sorted(WAYS[name].notes)}"
