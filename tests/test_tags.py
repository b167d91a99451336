"""Tables that a tagged PDF names: they settle what is not drawn, and are left alone where they cannot be true."""
import json

from test_bad_input import pdf_of, stream
from testing import each

LEADING = 10
COLUMNS = [50, 100, 300]
# Rows without a gap between them, cells in their middle: only the tags tell which line belongs to which row.
ROWS = [
    [["No."], ["Item"], ["Answer"]],
    [["1"], ["alpha one,", "alpha two,", "alpha three"], ["yes"]],
    [["2"], ["beta"], ["no one,", "no two,", "no three"]],
    [["3"], ["gamma one,", "gamma two"], ["maybe,", "later"]],
    [["4"], ["delta"], ["never,", "or after", "the end"]],
]


def pieces_of(rows):
    """(row, column, line, x, y, text) of each line of text, from the top."""
    pieces, top = [], 780
    for number, row in enumerate(rows):
        high = max(len(cell) for cell in row)
        for column, cell in enumerate(row):
            for line, text in enumerate(cell):
                y = top - (line + (high - len(cell)) / 2) * LEADING
                pieces.append((number, column, line, COLUMNS[column], y, text))
        top -= high * LEADING
    return pieces


def element(kind, kids, more=b""):
    return kind, kids, more


def tagged(pieces, tree, drawn=b""):
    """The pieces, piece N being marked content N, under TREE: (kind, kids, attributes), a kid being such or a number."""
    content = drawn + b"".join(b"/P << /MCID %d >> BDC BT /F 9 Tf 1 0 0 1 %d %.1f Tm (%s) Tj ET EMC\n" % (number, x, y, text.encode())
                               for number, (_, _, _, x, y, text) in enumerate(pieces))
    elements = []

    def add(parent, kind, kids, more):
        number = 6 + len(elements)
        elements.append(None)
        said = b" ".join(b"%d" % kid if isinstance(kid, int) else b"%d 0 R" % add(number, *kid) for kid in kids)
        elements[number - 6] = b"<< /S /%s /P %d 0 R /Pg 3 0 R /K [%s] %s >>" % (kind, parent, said, more)
        return number

    root = b"" if tree is None else b"/StructTreeRoot << /Type /StructTreeRoot /K %d 0 R >>" % add(1, *tree)
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R %s >>" % root, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                   b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                   b" /Resources << /Font << /F 5 0 R >> >> >>",
                   stream(b"", content), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", *elements])


def table(groups):
    """GROUPS: rows of cells, each a list of numbers of pieces."""
    return element(b"Table", [element(b"TR", [element(b"TD", marks) for marks in row]) for row in groups])


def marks(pieces, *wanted):
    return [number for number, piece in enumerate(pieces) if piece[:len(wanted)] == wanted]


def true_tree(pieces):
    return table([[marks(pieces, row, column) for column in range(3)] for row in range(len(ROWS))])


def rows_of(program, pdf):
    tables = json.loads(program.good("show", "rows", "--format", "json", "-", stdin=pdf).out)["tables"]
    return [[" ".join(cell.split()) for cell in row] for table in tables for row in table["rows"]]


def test_rows(program):
    pieces = pieces_of(ROWS)
    truth = [[" ".join(cell) for cell in row] for row in ROWS]
    assert rows_of(program, tagged(pieces, None)) != truth, "the gaps alone tell: the test has nothing to show"
    assert rows_of(program, tagged(pieces, true_tree(pieces))) == truth


def test_merged(program):
    """A cell over three rows, its text in the middle."""
    rows = [[["Kind"], ["Item"], ["Answer"]], [[], ["alpha,", "one"], ["yes"]], [["merged"], ["beta"], ["no,", "two"]], [[], ["gamma"], ["maybe"]]]
    pieces = pieces_of(rows)
    cells = [[element(b"TD", marks(pieces, row, column)) for column in range(3)] for row in range(4)]
    cells[1][0] = element(b"TD", marks(pieces, 2, 0), b"/A << /O /Table /RowSpan 3 >>")
    del cells[2][0], cells[3][0]
    found = rows_of(program, tagged(pieces, element(b"Table", [element(b"TR", row) for row in cells])))
    assert found == [["Kind", "Item", "Answer"], ["merged", "alpha, one", "yes"], ["", "beta", "no, two"], ["", "gamma", "maybe"]], found


def a_row_for_each_line(pieces):
    return table([[[number]] for number in range(len(pieces))])


def half_of_the_words(pieces):
    return table([[marks(pieces, row, column)[:1] for column in range(3)] for row in range(len(ROWS))])


def two_columns_for_the_page(pieces):
    left = [number for number, piece in enumerate(pieces) if piece[1] == 0]
    return table([[left, [number for number in range(len(pieces)) if number not in left]]])


def rows_that_overlap(pieces):
    return table([[marks(pieces, row, column) for column in range(3)] for row in (0, 2, 1, 4, 3)])


def endless(pieces):
    """A table in a table in a table, all about the same words."""
    tree = element(b"TD", list(range(len(pieces))))
    for _ in range(100):
        tree = element(b"Table", [element(b"TR", [tree])])
    return tree


LIES = {lie.__name__.replace("_", " "): lie
        for lie in (a_row_for_each_line, half_of_the_words, two_columns_for_the_page, rows_that_overlap, endless)}


@each(LIES)
def test_lies(program, name):
    pieces = pieces_of(ROWS)
    assert rows_of(program, tagged(pieces, LIES[name](pieces))) == rows_of(program, tagged(pieces, None))


def test_lines_speak_against(program):
    """Upright lines through what the tags call one cell."""
    pieces = pieces_of(ROWS)
    drawn = b"0.5 w 95 650 m 95 800 l S 295 650 m 295 800 l S 45 650 m 45 800 l S 500 650 m 500 800 l S\n"
    tree = table([[marks(pieces, row, 0), marks(pieces, row, 1) + marks(pieces, row, 2)] for row in range(len(ROWS))])
    assert rows_of(program, tagged(pieces, tree, drawn)) == rows_of(program, tagged(pieces, None, drawn))
