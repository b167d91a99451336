"""good_documents - sound documents, as many as are asked for, of each format that is read in the reading's own sandbox: no two are alike.

    write(program, folder, count)        FOLDER/<format>/<number>.<format>; gives the formats
"""
from email.message import EmailMessage
from pathlib import Path

import office
from bench_checks import HEADS
from painting import WAYS, painted
from test_metamorphic import COLUMNS, by_hand, markdown, page, rows_of, text, workbook


def cells_of(rows):
    return [[HEADS[column] for column in COLUMNS], *([row[column] for column in COLUMNS] for row in rows)]


def mail(rows, kind):
    message = EmailMessage()
    message["Subject"] = "チェックシート"
    message.set_content(page(rows), maintype="text", subtype="html", cte="base64", params={"charset": "utf-8"})
    if kind == "mhtml":
        message.replace_header("Content-Type", 'text/html; charset="utf-8"')
        message["Snapshot-Content-Location"] = "https://vendor.example/"
    return message.as_bytes()


MADE = {
    "html": page,
    "csv": lambda rows: text(rows).encode(),
    "txt": lambda rows: text(rows, separator="\t").encode(),
    "md": markdown,
    "xlsx": workbook,
    "ods": lambda rows: office.opendocument("ods", office.otbl(cells_of(rows))),
    "docx": by_hand,
    "odt": lambda rows: office.opendocument("odt", office.otbl(cells_of(rows))),
    "eml": lambda rows: mail(rows, "eml"),
    "mhtml": lambda rows: mail(rows, "mhtml"),
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
