"""What others make of the same input: robots.txt by Protego (Scrapy's), the words of PDFs by pdftotext, tables of web pages by Chromium."""
import json
import random
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

from painting import WAYS, painted
from test_report_browser import BROWSER, browser_or_skip
from testing import ROOT, Skip, each

ROBOTS_FILES = 150  # made up; each is asked some twenty paths


def robots_words(source):
    """A path or an expression of robots.txt."""
    parts = ["a", "b", "ab", "-", "_", "a.pdf", "%41", "%e3%81%82", "%2F", "あ", "?q=1", "*", "x~y", "A"]
    path = "/" + "".join(source.choice(parts + ["/"] * 4) for _ in range(source.randint(0, 5)))
    return re.sub("/+", "/", path)  # to Protego, what is between two of them is a host


def robots_file(source):
    lines = []
    for _ in range(source.randint(1, 4)):
        for _ in range(source.choice((1, 1, 1, 2))):
            lines.append(source.choice(("User-agent: ", "user-agent:", "USER-AGENT : ")) + source.choice(("*", "checksheet", "CheckSheet", "otherbot", "*")))
        for _ in range(source.randint(0, 5)):
            value = robots_words(source) + source.choice(("", "", "", "*", "$", "*.pdf$"))
            lines.append(source.choice(("Disallow: ", "Disallow:", "Allow: ", "allow:", "disallow : ")) + source.choice((value, value, value, "")) + source.choice(("", "", " # why", "  ")))
        if source.random() < .2:
            lines.append(f"Crawl-delay: {source.choice(('1', '2.5', '0'))}")
        lines += source.choice(([], [""], ["# a comment"], ["Sitemap: https://a.example/map.xml"]))
    return source.choice(("\n", "\r\n")).join(lines) + "\n"


def test_robots_against_protego(program):
    try:
        from protego import Protego  # pylint: disable=import-outside-toplevel
    except ImportError as reason:
        raise Skip("python3-protego is missing; ./dev test installs it") from reason
    source, wrong = random.Random(16), []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROBOTS_FILES):
            text = robots_file(source)
            paths = [robots_words(source).replace("*", "z") for _ in range(20)]
            path = Path(folder) / "robots.txt"
            path.write_text(text)
            said = subprocess.run([program.path.with_name("part-robots"), path, "checksheet"], input="\n".join(paths) + "\n", capture_output=True, text=True,
                                  check=True).stdout.splitlines()
            judge = Protego.parse(text)
            for one, ours in zip(paths, said):
                theirs = "allowed" if judge.can_fetch("https://a.example" + one, "checksheet") else "disallowed"
                if ours != theirs:
                    wrong.append(f"{one}: {ours}, Protego says {theirs}, of file {number}:\n{text}")
            delay = judge.crawl_delay("checksheet") or 0
            if float(said[-1]) != delay and text.count("Crawl-delay") == 1:  # of several the RFC says nothing
                wrong.append(f"a delay of {said[-1]}, Protego says {delay}, of:\n{text}")
    assert not wrong, f"{len(wrong)} differ\n" + "\n".join(wrong[:3])


PDFS = [str(path.relative_to(ROOT)) for path in [*(ROOT / "corpus").glob("*/*.pdf"), *(ROOT / "tests/cases").glob("*/input.pdf")]]
LEFT_OUT = {"hidden-text", "watermark", "reading-left-out", "struck-out", "form-field", "mark-by-shape", "private-use", "painted-twice"}


def characters(text):
    """Letters and digits, each as often as it is there."""
    return Counter(character for character in unicodedata.normalize("NFKC", text) if unicodedata.category(character)[0] in "LN")


@each(PDFS + [f"painted: {way}" for way in WAYS])
def test_words_against_pdftotext(program, name):
    """None is lost, unless a note says that something was left out."""
    if not shutil.which("pdftotext"):
        raise Skip("poppler-utils is missing; ./dev test installs it")
    source = painted(name[9:]) if name.startswith("painted: ") else (ROOT / name).read_bytes()
    theirs = characters(subprocess.run(["pdftotext", "-q", "-", "-"], input=source, capture_output=True, check=True).stdout.decode())
    lost = theirs - characters(program.good("show", "words", "-", stdin=source).text)
    if lost:
        notes = {note["code"] for note in json.loads(program.good("convert", "-", stdin=source).text)["notes"]}
        assert notes & LEFT_OUT, f"{sum(lost.values())} of {sum(theirs.values())} lost: {''.join(lost)[:60]}; notes {sorted(notes)}"


# The text that the browser gives has words for screen readers in it, and no signs that a style sheet adds.
ICONS = "html-hidden-twins"
PAGES = sorted(path for folder in ("corpus", "tests/cases") for path in (ROOT / folder).rglob("*.html") if "sources" not in path.parts and ICONS not in path.parts)
MADE_PAGES = 120


def made_page(source):
    """A page with one table, whose markup a person or a program might have left so."""
    def words():
        return source.choice(("可用性", "99.9%以上", "有り", "データ<br>の保管", "<b>対応</b>", "a &amp; b", "<!-- no -->時間", "<i>24時間<b>365日</i></b>", "", " ", "<p>段落</p><p>次の段落",
                              "<span hidden>隠し</span>見える", "<ul><li>一<li>二</ul>")) + str(source.randint(0, 999))

    def cell():
        tag, spans = source.choice(("td", "td", "td", "th")), ""
        if source.random() < .15:
            spans += f" rowspan={source.choice((0, 1, 2, 2, 3, 99))}"
        if source.random() < .12:
            spans += f" colspan={source.choice((0, 1, 2, 2, 3))}"
        if source.random() < .04:
            spans += source.choice((" hidden", " style='display: none'"))
        return f"<{tag}{spans}>{words()}" + source.choice((f"</{tag}>", f"</{tag}>", ""))

    def row():
        cells = "".join(cell() for _ in range(source.randint(2, 5)))
        return source.choice(("<tr>", "<tr>", "<tr>", "<tr hidden>" if source.random() < .2 else "<TR>")) + cells + source.choice(("</tr>", "</tr>\n", ""))

    def rows(count):
        return "".join(row() for _ in range(count))

    groups = [f"<tbody>{rows(source.randint(1, 4))}" + source.choice(("</tbody>", "")) for _ in range(source.randint(1, 2))]
    foot, head = f"<tfoot>{rows(1)}</tfoot>", f"<thead>{rows(1)}</thead>"
    body = source.choice((rows(4), "".join(groups), head + "".join(groups), head + foot + "".join(groups), head + "".join(groups) + foot, "".join(groups) + head))
    first = "<caption>表</caption>" if source.random() < .2 else "<colgroup><col><col></colgroup>" if source.random() < .2 else ""
    return f"<!DOCTYPE html><html lang=ja><meta charset=utf-8><title>t</title><body><h1>見出し</h1><table border=1>{first}{body}</table><p>後</p></body></html>"


def ranked(cells):
    """{(row, column, text)} of cells with text: rows and columns are counted where one has text."""
    cells = [(row, column, re.sub(r"[\s・]", "", text)) for row, column, text in cells]
    cells = [cell for cell in cells if cell[2]]
    rows, columns = sorted({cell[0] for cell in cells}), sorted({cell[1] for cell in cells})
    return {(rows.index(row), columns.index(column), text) for row, column, text in cells}


def grids_of(printed):
    """The tables that `show grid` prints, as ranked gives them."""
    grids, cells = [], None
    for line in printed.splitlines():
        if cell := re.fullmatch(r"(\d+),(\d+) (.*)", line):
            cells.append([int(cell[1]), int(cell[2]), cell[3].replace("\\n", "\n")])
        elif re.match(r"\+[-+]+\+$|\|", line) or re.match(r"(line|page) \d+", line):
            if cells or cells is None:
                cells = []
                grids.append(cells)
    return [ranked(grid) for grid in grids if grid]


def test_tables_against_chromium(program):
    """Each grid is one of the browser's tables, each cell in the row and the column where the browser lays it out."""
    browser_or_skip()
    source, wrong, compared = random.Random(16), [], 0
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number:03}.html" for number in range(MADE_PAGES)]
        for file in files:
            file.write_text(made_page(source))
        done = subprocess.run(["node", BROWSER / "tables.js", *files, *PAGES], capture_output=True, text=True, timeout=1800, check=True)
        for file, line in zip([*files, *PAGES], done.stdout.splitlines(), strict=True):
            theirs = [ranked(table) for table in json.loads(line)]
            for grid in grids_of(program("show", "grid", file).text) if theirs else ():  # a list may be a table here
                compared += 1
                if grid not in theirs:
                    near = min(theirs, key=lambda table: len(table ^ grid), default=set())
                    wrong.append(f"{file.name}: only here {sorted(grid - near)[:5]}, only there {sorted(near - grid)[:5]}\n{file.read_text() if file in files else ''}")
    assert compared > MADE_PAGES * .8, f"only {compared} tables are tables here"  # of one row, or of lists: they lay out a page
    assert not wrong, f"{len(wrong)} of {compared} tables differ\n" + "\n".join(wrong[:3])


def test_rows_in_the_order_they_are_shown(program):
    """The first thead is above and the first tfoot below, wherever they are written, as HTML 4 wants a tfoot before the rows; a second one stays."""
    source = ("<table><tfoot><tr><td>注</td><td>foot</td></tr></tfoot><tbody><tr><td>項目一</td><td>one</td></tr></tbody><tfoot><tr><td>項目二</td><td>two</td></tr></tfoot>"
              "<tr><td>項目三</td><td>three</td></tr><thead><tr><th>項目</th><th>回答</th></tr></thead></table>")
    printed = program.good("show", "rows", "-", stdin=source.encode()).text
    assert re.findall("[a-z]{3,}$", printed, re.M) == ["one", "two", "three", "foot"] and printed.index("回答") < printed.index("one"), printed
