"""One sheet without a table on pages and in texts of many makes (headed_pages.py): the items are the same each time."""
import json

from headed_pages import PAGES, ROWS
from testing import each, same_text


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
