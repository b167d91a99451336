"""One sheet written by many programs and in many formats gives the same items; so do rows in another order, other fonts, another page
size. METAMORPHIC=all: six sheets; one otherwise."""
import csv
import functools
import html
import io
import json
import os
import random
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import bench_checks
import office
from bench_checks import HEADS
from testing import Skip, each, same_text

SHEETS = range(6) if os.environ.get("METAMORPHIC") == "all" else (0,)
TITLE = "クラウドサービスレベルのチェックリスト"
COLUMNS = "number category name definition unit answer".split()
WIDTHS = {"number": 5, "category": 10, "name": 18, "definition": 27, "unit": 10, "answer": 30}  # of 100


@functools.cache
def rows_of(seed):
    rows, _ = bench_checks.rows_of(seed)
    return tuple({column: row[column] for column in COLUMNS} for row in rows)


# How it is written. Each gives the bytes.

def page(rows, columns=COLUMNS, style="", size="A4 landscape"):
    head = "".join(f"<th width='{WIDTHS[column]}%'>{HEADS[column]}</th>" for column in columns)
    body = "\n".join("<tr>" + "".join(f"<td>{html.escape(row[column])}</td>" for column in columns) + "</tr>" for row in rows)
    return (f"<!DOCTYPE html><html lang='ja'><head><meta charset='utf-8'><title>{TITLE}</title><style>@page {{ size: {size}; margin: 12mm }}"
            f" body {{ font: 10px 'Noto Sans CJK JP' }} table {{ border-collapse: collapse; width: 100% }} td, th {{ border: 1px solid black; padding: 2px }} {style}</style></head>"
            f"<body><h1>{TITLE}</h1><table border='1' cellspacing='0' width='100%'>\n<tr>{head}</tr>\n{body}\n</table></body></html>").encode()


def text(rows, columns=COLUMNS, separator=","):
    made = io.StringIO()
    writer = csv.writer(made, delimiter=separator, lineterminator="\r\n")
    writer.writerows([[HEADS[column] for column in columns], *([row[column] for column in columns] for row in rows)])
    return made.getvalue()


def markdown(rows, columns=COLUMNS):
    def line(cells):
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
    return (f"# {TITLE}\n\n" + line(HEADS[column] for column in columns) + "|" + "---|" * len(columns) + "\n"
            + "".join(line(row[column] for column in columns) for row in rows)).encode()


def width_of(words):
    return sum(1 if character < "\x7f" else 2 for character in words)


def workbook(rows, columns=COLUMNS, landscape=True, font="Noto Sans CJK JP"):
    import openpyxl  # pylint: disable=import-outside-toplevel
    from openpyxl.styles import Alignment, Border, Font, Side  # pylint: disable=import-outside-toplevel
    book = openpyxl.Workbook()
    tab, line = book.active, Side(style="thin")
    tab.append([HEADS[column] for column in columns])
    for row in rows:
        tab.append([row[column] for column in columns])
    for cells in tab.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border, cell.font = Border(line, line, line, line), Font(name=font, size=9)
    for column, letter in zip(columns, "ABCDEF"):
        tab.column_dimensions[letter].width = WIDTHS[column] * 1.2
    for number, row in enumerate(rows, 2):  # a converter does not make rows as high as their text
        tab.row_dimensions[number].height = 14 * max(1 + int(width_of(row[column]) * 1.1 / WIDTHS[column]) for column in columns)
    tab.page_setup.orientation = "landscape" if landscape else "portrait"
    tab.page_setup.paperSize, tab.page_setup.fitToHeight, tab.sheet_properties.pageSetUpPr.fitToPage = 9, 0, True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def by_office(source, name, to, *more):
    """What LibreOffice makes of it."""
    if not (soffice := shutil.which("soffice")):
        raise Skip("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(source)
        subprocess.run([soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", *more, "--convert-to", to, "--outdir", f"{folder}/out", name], cwd=folder,
                       check=True, capture_output=True, timeout=600)
        (made,) = Path(folder, "out").iterdir()
        return made.read_bytes()


WRITER = "--infilter=HTML (StarWriter)"


def by_chromium(source):
    if not (chromium := shutil.which("chromium")):
        raise Skip("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.html").write_bytes(source)
        subprocess.run([chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", "--print-to-pdf-no-header",
                        f"--print-to-pdf={folder}/a.pdf", f"file://{folder}/a.html"], check=True, capture_output=True, timeout=600)
        return Path(folder, "a.pdf").read_bytes()


def by_cairo(pdf):
    """The pages of a PDF as cairo writes them."""
    if not shutil.which("pdftocairo"):
        raise Skip("pdftocairo is not installed")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.pdf").write_bytes(pdf)
        subprocess.run(["pdftocairo", "-pdf", "a.pdf", "b.pdf"], cwd=folder, check=True, capture_output=True, timeout=600)
        return Path(folder, "b.pdf").read_bytes()


def by_hand(rows):
    """A .docx with one table, as office.py writes it."""
    return office.docx(office.p(office.r(TITLE)) + office.tbl([[HEADS[column] for column in COLUMNS], *([row[column] for column in COLUMNS] for row in rows)]))


WAYS = {
    "a page": page,
    "CSV": lambda rows: text(rows).encode(),
    "CSV, Shift JIS": lambda rows: text(rows).encode("cp932"),
    "CSV, UTF-16": lambda rows: text(rows).encode("utf-16"),
    "CSV, with a BOM": lambda rows: text(rows).encode("utf-8-sig"),
    "tabs": lambda rows: text(rows, separator="\t").encode(),
    "Markdown": markdown,
    "a workbook": workbook,
    "a document by hand": by_hand,
    "LibreOffice's .docx": lambda rows: by_office(page(rows), "a.html", "docx", WRITER),
    "LibreOffice's .odt": lambda rows: by_office(page(rows), "a.html", "odt", WRITER),
    "LibreOffice's .ods": lambda rows: by_office(workbook(rows), "a.xlsx", "ods"),
    "Writer's PDF": lambda rows: by_office(page(rows), "a.html", "pdf", WRITER),
    "Calc's PDF": lambda rows: by_office(workbook(rows), "a.xlsx", "pdf"),
    "Chromium's PDF": lambda rows: by_chromium(page(rows)),
    "cairo's PDF": lambda rows: by_cairo(by_chromium(page(rows))),
}

LOOKS = {  # of a page that Chromium prints
    "Mincho": ("body { font-family: IPAMincho, 'Noto Serif CJK JP' }", "A4 landscape"),
    "small": ("body { font-size: 7px }", "A4 landscape"),
    "large": ("body { font-size: 13px }", "A4 landscape"),
    "A3": ("", "A3 landscape"),
    "upright": ("", "A4 portrait"),
    "Letter": ("", "letter landscape"),
    "wide lines": ("body { line-height: 2.2 } td { padding: 8px }", "A4 landscape"),
    "coloured": ("tr:nth-child(even) { background: #e8f0ff } th { background: #224; color: white }", "A4 landscape"),
    "answers in the middle": ("td { text-align: center; vertical-align: middle }", "A4 landscape"),
}

HARD_LOOKS = {  # what is not read right is warned of
    "without upright lines": ("td, th { border-width: 1px 0; padding: 2px 8px }", "A4 landscape"),
    "without upright lines, narrow": ("td, th { border-width: 1px 0 }", "A4 landscape"),
    "without lines": ("table, td, th { border: 0 }", "A4 landscape"),
}


def lines_of(rows):
    return sorted("\t".join(re.sub(r"\s", "", row[column]) or "-" for column in COLUMNS) for row in rows)


def read(program, source, name="input"):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(source)
        return json.loads(program.good("convert", name, folder=folder).out)


def found(sheet):
    return [{**{column: item[column] or "" for column in COLUMNS if column != "answer"}, "answer": item["answer"]["text"] or ""} for item in sheet["items"]]


def meanings(sheet):
    """What was understood of each row, by its name."""
    return sorted(json.dumps([item["name"].replace("\n", "").replace(" ", ""), item["meti"] and item["meti"]["id"], item["answer"]["status"],
                              [[value[key] for key in ("kind", "value", "bound")] for value in item["answer"]["values"]]], ensure_ascii=False) for item in sheet["items"])


SIGNS = str.maketrans("∕‧〜", "／・～")  # by cairo, of characters that one glyph of the font is for


def check(program, source, rows, what, name="input"):
    sheet = read(program, source, name)
    items = "\n".join(lines_of(found(sheet)))
    same_text("\n".join(lines_of(rows)), items.translate(SIGNS) if "cairo" in what else items, what)
    assert [row["number"] for row in rows] == [item["number"] for item in sheet["items"]], [item["number"] for item in sheet["items"]]
    return sheet


@each([f"{way}, sheet {seed}" for way in WAYS for seed in SHEETS])
def test_way(program, what):
    way, seed = what.rsplit(", sheet ", 1)
    rows = rows_of(int(seed))
    sheet = check(program, WAYS[way](rows), rows, what, name="a.md" if way == "Markdown" else "input")
    meant = "\n".join(meanings(sheet))
    same_text("\n".join(meanings(read(program, page(rows)))), meant.translate(SIGNS) if "cairo" in what else meant, what)


@each([f"{look}, sheet {seed}" for look in LOOKS for seed in SHEETS])
def test_look(program, what):
    look, seed = what.rsplit(", sheet ", 1)
    rows, (style, size) = rows_of(int(seed)), LOOKS[look]
    check(program, by_chromium(page(rows, style=style, size=size)), rows, what)


@each([f"{look}, sheet {seed}" for look in HARD_LOOKS for seed in SHEETS])
def test_hard_look_is_right_or_warned_of(program, what):
    look, seed = what.rsplit(", sheet ", 1)
    rows, (style, size) = rows_of(int(seed)), HARD_LOOKS[look]
    sheet = read(program, by_chromium(page(rows, style=style, size=size)))
    if lines_of(rows) != lines_of(found(sheet)):
        assert sheet["confidence"] < .9 and any(check["severity"] == "warning" for check in sheet["checks"]), \
            "wrong and silent:\n" + "\n".join(sorted(set(lines_of(found(sheet))) - set(lines_of(rows))))


@each(SHEETS)
def test_rows_in_another_order(program, seed):
    rows = list(rows_of(seed))
    plain = meanings(read(program, page(rows)))
    random.Random(seed).shuffle(rows)
    for source in (page(rows), text(rows).encode(), markdown(rows), workbook(rows)):
        assert meanings(check(program, source, rows, "another order")) == plain
    check(program, by_chromium(page(rows)), rows, "another order")


@each(SHEETS)
def test_columns_in_another_order(program, seed):
    rows, source = rows_of(seed), random.Random(seed)
    for _ in range(3):
        columns = source.sample(COLUMNS, len(COLUMNS))
        for made in (page(rows, columns), text(rows, columns).encode(), workbook(rows, columns)):
            check(program, made, rows, f"{columns}")


@each(SHEETS)
def test_markup_that_says_nothing(program, seed):
    rows = rows_of(seed)
    plain = page(rows).decode()
    changed = {"tags": re.sub(r"</?(\w+)", lambda tag: tag[0].upper(), plain), "white space": plain.replace("<td>", "\n\t <td>\n   ").replace("</td>", "\n </td>"),
               "no end tags": re.sub(r"</(td|tr|th)>", "", plain), "sections": plain.replace("<tr>", "<thead><tr>", 1).replace("</tr>", "</tr></thead><tbody>", 1).replace("</table>", "</tbody></table>"),
               "spans": re.sub(r"<td>(.*?)</td>", r"<td><span><b>\1</b></span></td>", plain), "comments": plain.replace("</td>", "<!-- </td> --></td>"),
               "paragraphs": re.sub(r"<td>(.*?)</td>", r"<td><p>\1</p></td>", plain), "references": re.sub("[ぁ-ん]", lambda one: f"&#x{ord(one[0]):x};", plain)}
    for what, source in changed.items():
        check(program, source.encode(), rows, what)
