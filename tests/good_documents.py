"""good_documents - sound documents, as many as are asked for, of each format that is read in the reading's own sandbox: no two are alike.

    write(program, folder, count)        FOLDER/<format>/<number>.<format>; gives the formats
"""
import base64
from pathlib import Path

import office
from bench_checks import HEADS
from painting import WAYS, painted
from test_metamorphic import COLUMNS, by_hand, markdown, page, rows_of, text, workbook


def cells_of(rows):
    return [[HEADS[column] for column in COLUMNS], *([row[column] for column in COLUMNS] for row in rows)]


def mail(rows, head=""):
    return (f"Subject: checksheet\r\nMIME-Version: 1.0\r\n{head}Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
            + base64.encodebytes(page(rows)))


MADE = {
    "html": page,
    "csv": lambda rows: text(rows).encode(),
    "txt": lambda rows: text(rows, separator="\t").encode(),
    "md": markdown,
    "xlsx": workbook,
    "ods": lambda rows: office.opendocument("ods", office.otbl(cells_of(rows))),
    "docx": by_hand,
    "odt": lambda rows: office.opendocument("odt", office.otbl(cells_of(rows))),
    "eml": mail,
    "mhtml": lambda rows: mail(rows, "Snapshot-Content-Location: https://vendor.example/\r\n"),
    "zip": lambda rows: office.archive({"sheet.html": page(rows)}),
}


def painted_pdf(number):
    """In the next way of painting; a comment at its end makes it differ from the last one in that way."""
    return painted(list(WAYS)[number % len(WAYS)]) + b"\n%%%d\n" % number


def write(program, folder, count):
    for name in (*MADE, "pdf"):
        Path(folder, name).mkdir(parents=True)
        for number in range(count):
            content = painted_pdf(number) if name == "pdf" else MADE[name](rows_of(number))
            Path(folder, name, f"{number}.{name}").write_bytes(content)
    program.good("convert", "--quiet", "-o", "json", "html", folder=folder, timeout=6000)  # sheets are read, too
    Path(folder, "json", "ledger.jsonl").unlink()
    return [*MADE, "pdf", "json"]
