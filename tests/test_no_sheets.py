"""What is a sheet: documents around a cloud service that are none (no_sheets.py), and small sheets that are one, as web pages, texts, PDFs
and workbooks."""
import json
import tempfile
from pathlib import Path

from no_sheets import NO_SHEETS, PLAIN, SHEETS, WRITERS, written
from testing import each


def statuses(program, documents):
    """{file name: (status, reason)} of DOCUMENTS {file name: bytes}."""
    with tempfile.TemporaryDirectory() as folder:
        for file, content in documents.items():
            Path(folder, file).write_bytes(content)
        program("convert", "-o", f"{folder}/out", *sorted(f"{folder}/{file}" for file in documents), timeout=600)
        records = [json.loads(line) for line in Path(folder, "out/ledger.jsonl").read_text().splitlines()]
    found = {record["uri"].rsplit("/", 1)[-1]: (record["status"], record["reason"]) for record in records}
    assert set(found) == set(documents)
    return found


@each(WRITERS)
def test_no_sheet(program, kind):
    found = statuses(program, written(NO_SHEETS, kind))
    assert {file: said for file, said in found.items() if said[0] != "no-sheet"} == {}


def test_code_logs_and_settings(program):
    found = statuses(program, {file: text.encode() for file, text in PLAIN.items()})
    assert {file: said for file, said in found.items() if said[0] not in ("no-sheet", "unsupported")} == {}


@each(WRITERS)
def test_sheet(program, kind):
    found = statuses(program, written(SHEETS, kind))
    assert {file: said for file, said in found.items() if not said[0].startswith("ok")} == {}
