"""One sheet written as text in many ways (dialects.py): the items are the same each time, and nothing is warned of."""
import json
import random
import re

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


def shaken(text, seed, most=6):
    """TEXT with its runs of spaces longer or shorter by chance, as programs that measure letters in their own way leave them."""
    chance = random.Random(seed)
    return re.sub(r"(?<=\S) {2,}", lambda run: " " * max(1, len(run.group()) + chance.randint(-most, most)), text)


def test_columns_that_are_lost(program):
    """Columns that are not in line are never delivered without a word; what is all but surely wrong is refused, and says why."""
    text = DIALECTS["layout-wide"](SHEET)
    refused = 0
    for seed in range(8):
        result = program("convert", "-", stdin=shaken(text, seed, most=1 if seed % 2 else 6).encode())
        if result.status == 0:
            sheet = json.loads(result.out)
            assert [note for note in sheet["notes"] if note["code"] == "text-table-uneven" and note["severity"] == "warning"], seed
            assert sheet["confidence"] >= 0.5, sheet["confidence"]
        else:
            assert result.status == 6 and "the columns of the table in this text cannot be told" in result.err, result.err
            assert re.search(r"words of its \d+ rows run into other cells \(confidence [01]\.\d\d\)", result.err), result.err
            refused += 1
    assert 0 < refused < 8, refused


def test_doubtful_but_in_line(program):
    """Cells that were not moved are delivered, however doubtful: the lines of the text are those of the table."""
    lines = "".join("\t".join([str(int(row[0]) * 7 % 12), row[2], "有"]) + "\n" for row in SHEET)
    sheet = json.loads(program.good("convert", "-", stdin=f"No.\t項目\t回答\n{lines}".encode()).out)
    assert len(sheet["items"]) == len(SHEET)
